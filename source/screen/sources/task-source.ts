// Where the tasks of a screen come from, and what answers for them: one project, or many. Tasks are named by their keys.

import type { EditedText } from '../../core/guidance/guidance.ts';
import type { BoardAction } from '../../core/task/board.ts';
import type { TaskKey } from '../../core/task/task-key.ts';
import type { VisitChanges } from '../../engine/changes/keeper.ts';
import type { OpenLog } from '../../engine/log/keeper.ts';
import type { OpenDetails } from '../../engine/tasks/details-feed.ts';
import type { Sandbox } from '../../core/task/task.ts';
import type { TakenOver } from '../../engine/take-over/take-over.ts';
import type { Edited } from '../../engine/tasks/edit-list.ts';
import type { Observer } from '../../engine/tasks/observer.ts';
import type { RunnerClient } from '../../engine/tasks/runner-client.ts';
import type { CommandDeps } from '../commands/command-deps.ts';

export type TaskSource = {
  /** Lists the tasks at each look, and tells what has changed since the one before. */
  observe(tell: (action: BoardAction) => void): Observer;
  /** What is read of one task. */
  openLog: OpenLog;
  openDetails: OpenDetails;
  visitChanges: VisitChanges;
  /** What is done to one task. */
  runnerClient: RunnerClient;
  verbs: TaskVerbs;
};

/** What a screen needs of a source, which may lack verbs. */
export type ShownSource = Omit<TaskSource, 'verbs'> & {
  verbs: Partial<TaskVerbs>;
  refuses?: Refuses;
};

/** Why a command cannot be used with tasks of this source at all, and what to do instead; null if it can. */
export type Refuses = (command: string, task: TaskKey | null) => string | null;

export type TaskVerbs = Required<
  Pick<
    CommandDeps,
    | 'worktree'
    | 'exportLog'
    | 'acceptVersion'
    | 'editList'
    | 'tell'
    | 'takeBack'
    | 'merging'
    | 'ordering'
    | 'undoing'
    | 'settings'
    | 'readReport'
  >
> & {
  /** `lend`: gives the terminal to the editor. */
  openEditor(what: { task: TaskKey; what: EditedText }, lend: Lend): Promise<Edited>;
  takeOver(task: TaskKey, screen: TakeOverScreen): Promise<TakenOver>;
};

export type Lend = (use: () => Promise<void>) => Promise<void>;

export type TakeOverScreen = {
  /** Gives the terminal to Codex. */
  lend: Lend;
  /** Asks a task to pause. */
  pause: CommandDeps['codex']['pause'];
  /** Whether the terminal may be lent. */
  mayOpen(): boolean;
  /** For a task that was not under way. */
  sandbox: Sandbox;
};
