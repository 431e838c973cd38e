// What the dashboard knows: one TaskView a task, and the reducer that keeps them. Strings in it have passed
// clean() where they came from; nothing in it is ever used as a path but `name`, and that only when valid.

import type { Role, Sandbox } from './task.ts';
import type { ProcessIdentity } from '../run/record.ts';
import { withSharedFiles, type SharedFile } from './shared-files.ts';
import type { TaskState } from './state.ts';
import type { Usage } from '../codex/log-event.ts';

export type TaskView = {
  /** The directory's name as it is on disk; the key. Not safe to print. */
  name: string;
  /** The name, safe to print. */
  label: string;
  /** False: listed, but not acted on. `mend` is the command that renames it. */
  valid: boolean;
  mend: string | null;
  state: TaskState;
  done: number;
  total: number;
  /** False: no task_list.md; true with total 0: it has no steps. */
  hasList: boolean;
  nextStep: { number: number; text: string } | null;
  /** The session that runs, or ran last; null when none is known. */
  session: { number: number; role: Role; startedAt: number; endedAt: number | null } | null;
  /** Asked to pause when its session is over. */
  pausesAfterSession: boolean;
  threadId: string | null;
  /** Of the run that is under way; null when none is. */
  sandbox: Sandbox | null;
  runnerPid: number | null;
  runner: ProcessIdentity | null;
  run: string | null;
  /** Its runner vanished on this boot without an ending: a dashboard may take the run up. */
  orphaned: boolean;
  /** What the session that runs has changed, as far as Codex told: paths in the project, safe to print. */
  changedFiles: readonly string[];
  /** The last of them that the session of another task has changed, too. */
  sharedFile: SharedFile | null;
  /** How busy its session was lately, see `recentActivity`; empty when none runs. */
  activity: readonly number[];
  /** Tokens of the whole task as far as known. */
  usage: Usage | null;
  /** When its last session ended, or its log changed, epoch ms; for `--continue` without a name. */
  lastWorkedAt: number | null;
  /** A directory or file that can't be read as it should: one sentence. */
  problem: string | null;
};

export type Board = {
  /** The project's directory, `~` for the home, safe to print. */
  project: string;
  /** By name, as `--list` has them. */
  tasks: readonly TaskView[];
  /** Something that concerns the whole project, one sentence. */
  problem: string | null;
  /** False until the first look at the disk is done. */
  looked: boolean;
};

export type BoardAction =
  | { type: 'tasks-seen'; changed: readonly TaskView[]; gone: readonly string[] }
  | { type: 'problem'; sentence: string | null };

export function emptyBoard(project: string): Board {
  return { project, tasks: [], problem: null, looked: false };
}

/** The next board; the same object when nothing changed, so that nobody draws for nothing. */
export function reduceBoard(board: Board, action: BoardAction): Board {
  switch (action.type) {
    case 'tasks-seen': {
      if (board.looked && action.changed.length === 0 && action.gone.length === 0) return board;
      const byName = new Map(board.tasks.map((task) => [task.name, task]));
      for (const name of action.gone) byName.delete(name);
      for (const task of action.changed) byName.set(task.name, task);
      const tasks = withSharedFiles([...byName.values()].sort(byTaskName));
      return { ...board, looked: true, tasks };
    }
    case 'problem':
      return board.problem === action.sentence ? board : { ...board, problem: action.sentence };
    default:
      return action satisfies never;
  }
}

/** Code-unit order: the same on every machine, whatever its locale. */
export function byTaskName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
