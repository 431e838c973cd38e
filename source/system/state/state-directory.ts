// The state of runs, outside the project, where the agent cannot write: one directory per task, 0700.
//
//   ${XDG_STATE_HOME:-~/.local/state}/autonomous-tui/<16 hex of the project's real path>/<task>/
//     lock run.json options.json reserve wish.json prompt.md session.times session.files ticks runner.log
//     live-<uuid>.jsonl live-<uuid>.stderr session.copies stage.json list.before list.replaced list.user unproven.json
//     index checks.json check-<n>.txt look.json overlaps.jsonl guidance/ worktree.json journal.jsonl
//     take-over.json verdict-schema.json lease.json hub-log.json given.json

import { appendFile, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import {
  readSessionCopies,
  type SessionCopies,
  type SessionCopy,
} from '../../core/copy/session-copy.ts';
import { isDiskFull } from '../../core/run/disk-full.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import type { DirectoryIdentity, RunRecord } from '../../core/run/record.ts';
import { noTaskOptions, type TaskOptions } from '../../core/task/options.ts';
import { optionsRecord, writtenTaskOptions } from '../../core/task/options-record.ts';
import { sleepNote, type Sleep } from '../../core/log/sleep.ts';
import { readControlRequest, type ControlRequest } from '../../core/run/control-request.ts';
import { takeLock, type Lock } from '../files/lock.ts';
import type { ForeignOwner } from '../files/own-directory.ts';
import { openForReading, readSmallFile, replaceFile } from '../files/safe-file.ts';
import { recordProject } from '../projects/project-record.ts';
import { takeOverFile, type TakeOverFile } from '../take-over/take-over-file.ts';
import { archiveFile, type ArchiveFile } from './files/archive-file.ts';
import { checkFiles, type CheckFiles } from './files/check-files.ts';
import { givenFile, type GivenFile } from './files/given-file.ts';
import { guidanceFiles, type GuidanceFiles } from './files/guidance-files.ts';
import { journalFile, type JournalFile } from './files/journal-file.ts';
import { later } from './later.ts';
import { keepReserve, makeStateDirectory } from './make-state.ts';
import { outputFiles, type OutputFiles } from './files/output-files.ts';
import { stageFiles, type StageFiles } from './files/stage-files.ts';
import { stateJsonOf, stateLimit, statePath } from './state-files.ts';
import { stateSnapshot } from './state-snapshot.ts';
import { worktreeFile, type WorktreeFile } from './files/worktree-file.ts';

const maxTimesBytes = 16 * 1024 * 1024;

type OwnFiles = ArchiveFile &
  OutputFiles &
  CheckFiles &
  StageFiles &
  GuidanceFiles &
  WorktreeFile &
  JournalFile &
  GivenFile &
  TakeOverFile;

export type StateDirectory = OwnFiles & {
  path: string;
  /**
   * Creates the directory and closes it to other users. Must come before anything that writes. Returns what it had
   * to fix, one sentence each; throws if it belongs to another user.
   */
  make(owner?: ForeignOwner): Promise<readonly string[]>;
  takeLock(patienceMs?: number): Promise<Lock | null>;
  readRecord(): Promise<RunRecord | null>;
  writeRecord(record: RunRecord): Promise<void>;
  /** What the sessions of the task in this directory are started with. */
  readOptions(directory: DirectoryIdentity | null): Promise<TaskOptions>;
  /** Null if there are none of this directory. */
  writtenOptions(directory: DirectoryIdentity | null): Promise<TaskOptions | null>;
  writeOptions(options: TaskOptions, directory: DirectoryIdentity): Promise<void>;
  readControlRequest(): Promise<ControlRequest | null>;
  writeControlRequest(request: ControlRequest): Promise<void>;
  /** Writes what form a Reviewer's answer must have; answers the file's path. */
  writeVerdictSchema(schema: string): Promise<string>;
  /** Writes the prompt of a session and opens it as Codex's stdin. */
  openPrompt(text: string): Promise<FileHandle>;
  /** Records when the log had grown to an offset: Codex reports no times. */
  noteTime(offset: number, at: number): Promise<void>;
  noteSleep(sleep: Sleep): Promise<void>;
  /** session.times as text; empty if there is none. */
  readTimes(): Promise<string>;
  restartTimes(): Promise<void>;
  /** Records which files a session changed, as lines of `session.files`. */
  noteFiles(lines: string): Promise<void>;
  restartFiles(): Promise<void>;
  /** Records a session that worked in the same files as another task's, as a line of `overlaps.jsonl`. */
  noteOverlap(line: string): Promise<void>;
  /** Records step times, as lines of `ticks`. */
  noteStepTimes(lines: string): Promise<void>;
  /** `ticks` as text; empty if there is none. */
  readTicks(): Promise<string>;
  restartStepTimes(): Promise<void>;
  /** Records a session's part of session.log, as a line of `session.copies`: whether it was changed afterwards. */
  noteCopy(copy: SessionCopy): Promise<void>;
  readCopies(): Promise<SessionCopies>;
  restartCopies(): Promise<void>;
  note(line: string): Promise<void>;
};

/** `project` is its real path, so that two paths to one project share its state. Making it records the path. */
export function stateDirectory(home: string, project: string, task: string): StateDirectory {
  const state = stateDirectoryAt(statePath(home, project, task));
  return {
    ...state,
    make: async (owner) => {
      const notes = await state.make(owner);
      await recordProject(home, project);
      return notes;
    },
  };
}

export function stateDirectoryAt(path: string): StateDirectory {
  const file = (name: string): string => join(path, name);
  return {
    ...archiveFile(path),
    ...outputFiles(path),
    ...checkFiles(path),
    ...stageFiles(path),
    ...guidanceFiles(path),
    ...worktreeFile(path),
    ...journalFile(path),
    ...givenFile(path),
    ...takeOverFile(path),
    path,
    make: async (owner) => {
      const notes = await makeStateDirectory(path, owner);
      await keepReserve(file('reserve'));
      return notes;
    },
    takeLock: (patienceMs) => takeLock(file('lock'), patienceMs),
    readOptions: async (directory) => (await writtenOptions(path, directory)) ?? noTaskOptions,
    writtenOptions: (directory) => writtenOptions(path, directory),
    writeOptions: (options, directory) =>
      replaceFile(file('options.json'), JSON.stringify(optionsRecord(options, directory)) + '\n'),
    readRecord: () => later(() => stateSnapshot(path).readRecord()),
    writeRecord: async (record) => {
      const write = (): Promise<void> =>
        replaceFile(file('run.json'), JSON.stringify(record) + '\n');
      try {
        await write();
      } catch (error) {
        if (!isDiskFull(error)) throw error;
        await rm(file('reserve'), { force: true });
        await write();
      }
    },
    readControlRequest: async () =>
      readControlRequest(stateJsonOf(await readSmallFile(file('wish.json'), stateLimit))),
    writeControlRequest: (request) =>
      replaceFile(file('wish.json'), JSON.stringify(request) + '\n'),
    openPrompt: async (text) => {
      await replaceFile(file('prompt.md'), text);
      return openForReading(file('prompt.md'));
    },
    writeVerdictSchema: async (schema) => {
      await replaceFile(file('verdict-schema.json'), schema);
      return file('verdict-schema.json');
    },
    noteTime: (offset, at) =>
      appendFile(file('session.times'), `${offset} ${at}\n`, { mode: 0o600 }),
    noteSleep: (sleep) => appendFile(file('session.times'), sleepNote(sleep), { mode: 0o600 }),
    readTimes: async () =>
      (await readSmallFile(file('session.times'), { maxBytes: maxTimesBytes }))?.text ?? '',
    restartTimes: () => rm(file('session.times'), { force: true }),
    noteFiles: (lines) => appendFile(file('session.files'), lines, { mode: 0o600 }),
    restartFiles: () => rm(file('session.files'), { force: true }),
    noteOverlap: (line) => appendFile(file('overlaps.jsonl'), line, { mode: 0o600 }),
    noteStepTimes: (lines) => appendFile(file('ticks'), lines, { mode: 0o600 }),
    readTicks: async () =>
      (await readSmallFile(file('ticks'), { maxBytes: maxTimesBytes }))?.text ?? '',
    restartStepTimes: () => rm(file('ticks'), { force: true }),
    noteCopy: (copy) =>
      appendFile(file('session.copies'), JSON.stringify(copy) + '\n', { mode: 0o600 }),
    readCopies: async () =>
      readSessionCopies(
        (await readSmallFile(file('session.copies'), { maxBytes: maxTimesBytes }))?.text ?? '',
      ),
    restartCopies: () => rm(file('session.copies'), { force: true }),
    note: (line) =>
      appendFile(file('runner.log'), `${new Date().toISOString()} ${safeLine(line, 4000)}\n`, {
        mode: 0o600,
      }),
  };
}

async function writtenOptions(
  path: string,
  directory: DirectoryIdentity | null,
): Promise<TaskOptions | null> {
  const json = stateJsonOf(await readSmallFile(join(path, 'options.json'), stateLimit));
  return writtenTaskOptions(json, directory);
}
