// What the dashboard knows: one TaskView per task, and the reducer that keeps them. Its strings passed
// clean() when they were read. Only `name` may be used as a path, and only when it is valid.

import type { MissedBox } from '../checklist/missed-box.ts';
import type { Role, Sandbox } from './task.ts';
import type { ProcessIdentity } from '../run/record.ts';
import type { LastRun } from './last-run.ts';
import type { TaskBranch } from '../worktree/task-branch.ts';
import { withSharedFiles, type SharedFile } from './shared-files.ts';
import { isSameProject, type ProjectView } from './project-view.ts';
import type { TaskState } from './state.ts';
import { keyOf, type TaskKey, type TaskPlace } from './task-key.ts';
import type { UsageWindow } from '../limits/gauge.ts';
import type { Usage } from '../codex/log-event.ts';

export type TaskView = {
  /** Where it is, if the board has tasks of several machines, or of several projects: see `keyOf`. */
  host?: string;
  project?: string;
  /** The directory's name on disk. Not safe to print. */
  name: string;
  /** The name, safe to print. */
  label: string;
  /** The goal's first words, safe to print, for a name that says nothing of it; else null. */
  goal: string | null;
  /** False: listed, but no command acts on it: it is a link, see `problem`, or its name is not valid. */
  valid: boolean;
  /** The shell command that renames it; null if its name is not what is wrong. */
  mend: string | null;
  state: TaskState;
  /** The machine that works on it, safe to print; absent or null where that is not another one's to say. */
  machine?: string | null;
  done: number;
  total: number;
  /** False: no task_list.md; true with total 0: it has no steps. */
  hasList: boolean;
  nextStep: { number: number; text: string } | null;
  /** Lines that look like an open box and are no step: until they are rewritten, the task is not done. */
  missed: readonly MissedBox[];
  /** How many ticked steps nothing proved, at the last look. */
  unproven: number;
  /** What stands against the end besides open steps: a failing check. Safe to print; null: nothing is known. */
  unmet: string | null;
  /** The running session, or the last one; null when none is known. */
  session: { number: number; role: Role; startedAt: number; endedAt: number | null } | null;
  /** Will pause when its session is over. */
  pausesAfterSession: boolean;
  threadId: string | null;
  /** Of the current run; null when there is none. */
  sandbox: Sandbox | null;
  runnerPid: number | null;
  runner: ProcessIdentity | null;
  /** Alive, but stopped by a signal: it does nothing until it is continued. */
  runnerIsStopped: boolean;
  run: string | null;
  /** What its record says of the last run; null when there is none. */
  lastRun: LastRun | null;
  /** Its runner died since the last boot without recording an ending: a dashboard may recover the run. Not one of a hub. */
  orphaned: boolean;
  /** Of a task with a worktree; else null. */
  branch: TaskBranch | null;
  /** Files that the running session changed, as reported by Codex: paths in the project, safe to print. */
  changedFiles: readonly string[];
  /** The last of them that another task's session changed, too. */
  sharedFile: SharedFile | null;
  /** How busy its session was lately, see `recentActivity`; empty when none runs. */
  activity: readonly number[];
  /** Tokens of the whole task, as far as known. */
  usage: Usage | null;
  /** When the user put it away, epoch ms; null: it is not archived. */
  archivedAt: number | null;
  /** When its last session ended, or its log changed, epoch ms; for `--continue` without a name. */
  lastWorkedAt: number | null;
  /** A directory or file that cannot be read properly, one sentence. */
  problem: string | null;
};

export type Board = {
  /** The project's directory, with `~` for the home directory, safe to print. */
  project: string;
  /** Of a board with the tasks of several projects, in the order of the screen; absent if all are of one. */
  projects?: readonly ProjectView[];
  /** Sorted by key: by name, as in `--list`, in each project. */
  tasks: readonly TaskView[];
  /** A problem of the whole project, one sentence. */
  problem: string | null;
  /** What the program says by itself, one sentence: in the demo, what it pressed, and what the user can press. */
  hint: string | null;
  /** What happened since the last dashboard was closed, one sentence; absent once the user has seen it. */
  away?: string | null;
  /** False until the first look at the disk is done. */
  looked: boolean;
  /** The account's usage window of which least is left; absent while that is not known. */
  usage?: UsageWindow | null;
};

export type BoardAction =
  | { type: 'tasks-seen'; changed: readonly TaskView[]; gone: readonly TaskKey[] }
  | { type: 'projects-seen'; projects: readonly ProjectView[] }
  | { type: 'problem'; sentence: string | null }
  | { type: 'hint'; sentence: string | null }
  | { type: 'away'; sentence: string | null }
  | { type: 'usage'; window: UsageWindow | null };

export function emptyBoard(project: string): Board {
  return { project, tasks: [], problem: null, hint: null, looked: false };
}

/** The next board; the same object when nothing changed, so that nothing is redrawn in vain. */
export function reduceBoard(board: Board, action: BoardAction): Board {
  switch (action.type) {
    case 'tasks-seen': {
      if (board.looked && action.changed.length === 0 && action.gone.length === 0) return board;
      const byKey = new Map(board.tasks.map((task) => [keyOf(task), task]));
      for (const key of action.gone) byKey.delete(key);
      for (const task of action.changed) byKey.set(keyOf(task), task);
      const tasks = withSharedFiles([...byKey.values()].sort(byTaskKey));
      return { ...board, looked: true, tasks };
    }
    case 'projects-seen':
      return isSameList(board.projects, action.projects)
        ? board
        : { ...board, projects: action.projects };
    case 'problem':
      return board.problem === action.sentence ? board : { ...board, problem: action.sentence };
    case 'hint':
      return board.hint === action.sentence ? board : { ...board, hint: action.sentence };
    case 'away':
      return (board.away ?? null) === action.sentence ? board : { ...board, away: action.sentence };
    case 'usage':
      return isSameWindow(board.usage ?? null, action.window)
        ? board
        : { ...board, usage: action.window };
    default:
      return action satisfies never;
  }
}

function isSameList(a: readonly ProjectView[] | undefined, b: readonly ProjectView[]): boolean {
  return a?.length === b.length && b.every((one, index) => isSameProject(one, a[index]));
}

function isSameWindow(a: UsageWindow | null, b: UsageWindow | null): boolean {
  return a?.usedPercent === b?.usedPercent && a?.resetsAt === b?.resetsAt;
}

/** By project, and by name in it. */
export function byTaskKey(a: TaskPlace, b: TaskPlace): number {
  const [one, other] = [keyOf(a), keyOf(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Code-unit order: the same on every machine, in every locale. */
export function byTaskName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
