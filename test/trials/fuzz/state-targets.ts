import { keptLimitText, readKeptLimit } from '../../../source/core/codex/account-limit.ts';
import { changedFilesText, readChangedFiles } from '../../../source/core/task/changed-files.ts';
import { parsedObject } from '../../../source/core/json/json.ts';
import { readRunRecord } from '../../../source/core/run/record-reader.ts';
import { isThreadId } from '../../../source/core/task/task.ts';
import { taskState } from '../../../source/core/task/state.ts';
import { readStepTimes, stepTimesText } from '../../../source/core/checklist/step-times.ts';
import { readControlRequest } from '../../../source/core/run/control-request.ts';
import { holds, isHarmless, isSame, textOf, type Target } from './target.ts';

export const stateTargets: readonly Target[] = [
  { name: 'run.json', maxBytes: 8 * 1024, run: readRecord },
  { name: 'wish.json', maxBytes: 1024, run: readLeftWish },
  { name: 'ticks', maxBytes: 4096, run: readTicked },
  { name: 'session.files', maxBytes: 4096, run: readFiles },
  { name: 'limit.json', maxBytes: 1024, run: readLimit },
];

function readRecord(bytes: Buffer): void {
  const record = readRunRecord(parsedObject(textOf(bytes)));
  if (record === null) return;
  const { session } = record;
  for (const identity of [record.runner, session?.codex ?? null]) {
    const isSomebody = identity === null || (Number.isInteger(identity.pid) && identity.pid > 1);
    holds(isSomebody, 'pids below 2 are never ours');
  }
  holds(session === null || isThreadId(session.uuid), 'a marker is a UUID');
  for (const id of [session?.resumes, session?.threadId, record.thread?.id]) {
    holds(id === undefined || id === null || isThreadId(id), 'a thread is a UUID');
  }
  for (const runnerLives of [true, false]) {
    taskState({ record, runnerLives, progress: { done: 1, total: 2 } });
  }
  isSame(readRunRecord(parsedObject(JSON.stringify(record))), record, 'it reads what it wrote');
}

function readLeftWish(bytes: Buffer): void {
  const wish = readControlRequest(parsedObject(textOf(bytes)));
  holds(wish === null || Number.isFinite(wish.seq), 'control requests are numbered');
}

function readTicked(bytes: Buffer): void {
  const ticks = readStepTimes(textOf(bytes));
  isSame(readStepTimes(stepTimesText(ticks)), ticks, 'it reads what it wrote');
}

function readFiles(bytes: Buffer): void {
  const paths = readChangedFiles(textOf(bytes));
  for (const path of paths) isHarmless(path);
  isSame(readChangedFiles(changedFilesText(paths)), paths, 'it reads what it wrote');
}

function readLimit(bytes: Buffer): void {
  const kept = readKeptLimit(parsedObject(textOf(bytes)));
  isSame(readKeptLimit(parsedObject(keptLimitText(kept))), kept, 'it reads what it wrote');
}
