// Disk → TaskView: what one task directory and its record say, for the screen and `--list` alike. Looking
// changes no file. Everything that was read is foreign and passes clean().

import type { TaskView } from '../core/board.ts';
import { nextStep, readChecklist, emptyChecklist, type Checklist } from '../core/checklist.ts';
import { cleanLine } from '../core/clean.ts';
import { keptLine } from '../core/kept-text.ts';
import { isSameDirectory, type RunRecord } from '../core/run-record.ts';
import { generatedTaskName, isTaskName, shellQuoted } from '../core/task.ts';
import { taskState } from '../core/task-state.ts';
import type { ProcessIdentity } from '../core/run-record.ts';
import { maxTakeUps, recentTakeUps } from './run-memory.ts';
import type { StateDirectory } from '../system/state-directory.ts';
import type { TaskDirectory } from '../system/task-directory.ts';

export type TaskReadingDoors = {
  task(name: string): TaskDirectory;
  state(name: string): StateDirectory;
  isAlive(identity: ProcessIdentity): Promise<boolean>;
  bootId: string;
  now(): number;
};

export async function readTaskView(doors: TaskReadingDoors, name: string): Promise<TaskView> {
  const task = doors.task(name);
  const list = await task.readList();
  const checklist = list.kind === 'text' ? readChecklist(list.text) : emptyChecklist;
  const record = isTaskName(name) ? await recordOfDirectory(doors, name) : null;
  const runnerLives =
    record !== null && record.ending === null && (await doors.isAlive(record.runner));
  const hasList = list.kind === 'text';
  const state = taskState({ record, runnerLives, progress: hasList ? checklist : null });
  const isUnderway = record !== null && runnerLives;
  return {
    name,
    label: cleanLine(name, { maxLength: 255 }),
    valid: isTaskName(name),
    mend: isTaskName(name) ? null : mendingCommand(name),
    state: { ...state, reason: state.reason === null ? null : keptLine(state.reason, 1000) },
    done: checklist.done,
    total: checklist.total,
    hasList,
    nextStep: nextStepOf(checklist),
    session: sessionOf(record),
    pausesAfterSession: isUnderway && record.pause === 'after session',
    threadId: await task.readThreadId(),
    sandbox: isUnderway ? record.sandbox : null,
    runnerPid: isUnderway ? record.runner.pid : null,
    runner: isUnderway ? record.runner : null,
    run: isUnderway ? record.run : null,
    orphaned:
      record !== null &&
      record.ending === null &&
      !runnerLives &&
      record.runner.bootId === doors.bootId &&
      recentTakeUps(record, doors.now()).length < maxTakeUps,
    usage: record?.usage ?? null,
    lastWorkedAt: record?.session?.ended?.at ?? (await task.logChangedAt()),
    problem: list.kind === 'unreadable' ? keptLine(list.sentence, 1000) : null,
  };
}

/** A record counts only for the directory that it was made for: deleting the directory restarts the task. */
async function recordOfDirectory(doors: TaskReadingDoors, name: string): Promise<RunRecord | null> {
  const record = await doors
    .state(name)
    .readRecord()
    .catch(() => null);
  if (record === null) return null;
  const directory = await doors.task(name).identity();
  return directory !== null && isSameDirectory(directory, record.directory) ? record : null;
}

function sessionOf(record: RunRecord | null): TaskView['session'] {
  const session = record?.session ?? null;
  if (session === null) return null;
  const { number, role, startedAt, ended } = session;
  return { number, role, startedAt, endedAt: ended?.at ?? null };
}

function nextStepOf(checklist: Checklist): TaskView['nextStep'] {
  const step = nextStep(checklist);
  return step === null ? null : { number: step.number, text: keptLine(step.text, 1000) };
}

/** `mv .autonomous/'my task' .autonomous/my-task` */
function mendingCommand(name: string): string {
  const safe = generatedTaskName(name, {
    year: 0,
    month: 0,
    day: 0,
    hour: 0,
    minute: 0,
    second: 0,
  });
  const better = safe.startsWith('task-0') ? 'renamed-task' : safe;
  return `mv -- ${shellQuoted(`.autonomous/${name}`)} .autonomous/${better}`;
}
