// The deps of commands, and the notice for a command that was refused.

import type { EditedText, GuidancePiece } from '../../core/guidance/guidance.ts';
import type { ListEdit } from '../../core/edit/list-edit.ts';
import type { LogFilter } from '../../core/log/filter.ts';
import type { MergePlan } from '../../core/merge/plan.ts';
import type { ProjectReport } from '../../core/report/project-report.ts';
import type { ProjectView } from '../../core/task/project-view.ts';
import type { SettingFacts } from '../../core/settings/setting.ts';
import type { GivenOptions, TaskOptions } from '../../core/task/options.ts';
import type { Sandbox } from '../../core/task/task.ts';
import type { TaskKey } from '../../core/task/task-key.ts';
import type { Acceptance } from '../../engine/tasks/accept-version.ts';
import type { Edited } from '../../engine/tasks/edit-list.ts';
import type { TakenOver } from '../../engine/take-over/take-over.ts';
import type { Telling } from '../../engine/tasks/tell-task.ts';
import type { Clock } from '../../system/clock.ts';
import type { WorktreeSetting } from '../../system/configuration.ts';
import type { WithinTime } from '../../system/time-limit.ts';
import { noticeMsFor } from '../../ui/rows/status-rows.ts';
import type { Codex } from './task-actions.ts';
import type { ViewStore } from '../view-store.ts';

type MergeAnswer = { ok: boolean; sentence: string };

/** By the key of a task. */
export type Merging = {
  plan(task: string): Promise<MergeAnswer | { plan: MergePlan; branch: string }>;
  merge(task: string): Promise<MergeAnswer>;
  /** Leaves the conflicts in the branch, and starts a session that resolves them. */
  resolve(task: string): Promise<MergeAnswer>;
};

/** By the key of a task that does not run, and the number of its session. */
export type Undoing = {
  /** What would change, one line each; a sentence if nothing would, or if nothing can. */
  plan(task: string, session: number): Promise<OrderAnswer | { would: readonly string[] }>;
  undo(task: string, session: number): Promise<OrderAnswer>;
};

/** By the key of a task that does not run. */
export type Ordering = {
  archive(task: string): Promise<OrderAnswer>;
  unarchive(task: string): Promise<OrderAnswer>;
  /** What its deletion would remove, one line each. */
  deletion(task: string): Promise<OrderAnswer | { would: readonly string[] }>;
  delete(task: string): Promise<OrderAnswer>;
};

/** By the name of a task. */
export type Settings = {
  read(task: string): Promise<{ options: TaskOptions; facts: SettingFacts }>;
  /** What is absent stays as it is. */
  change(task: string, given: GivenOptions): Promise<OrderAnswer>;
};

type OrderAnswer = { ok: boolean; sentence: string };

/** A text of a form in the user's editor. `name`: of the file. `taken`: the form gets what came back. */
export type FieldEditing = {
  name: string;
  text: string;
  maxLength: number;
  taken(text: string): void;
};

export type CommandDeps = {
  store: Pick<ViewStore, 'view' | 'scene' | 'act'>;
  clock: Pick<Clock, 'now' | 'monotonic'>;
  codex: Codex;
  /** From `--network`: runs started from here get full access, after a confirmation. */
  sandbox: Sandbox;
  /** Whether a new task gets a worktree; null: it can have none now. Absent: there are none. `project`: of several. */
  worktree?(project: ProjectView | null): WorktreeSetting | null;
  /** Whether the form says that the plan of a new task is looked at first. Default: it does not. */
  looksAtPlan?: boolean;
  quit(): void;
  /** Stops this program until the shell continues it, as Ctrl-Z does in other programs. */
  suspend?(): void;
  /** Copies to the terminal's clipboard; returns a sentence about the result. */
  copy?(text: string): string;
  /** Ends a computation that takes too long. */
  withinTime?: WithinTime;
  /** Replaces the list of a task by the version that a session wrote and the guard replaced. */
  acceptVersion?(what: { task: string; session: number }): Promise<Acceptance>;
  /** Changes a step of a task's list, or adds one. */
  editList?(what: { task: string; edit: ListEdit }): Promise<Edited>;
  /** Lends the terminal to the user's editor, with a text of a task. */
  openEditor?(what: { task: string; what: EditedText }): Promise<Edited>;
  /** Lends the terminal to the user's editor, with a text of a form. The sentence that says why it stays as it was, or null. */
  editField?(what: FieldEditing): Promise<string | null>;
  /** Writes the patch of the range in view to a file; returns a sentence about the result. */
  exportPatch?(path: string): Promise<string>;
  settings?: Settings;
  /** Tells a task something. */
  tell?(what: { task: string; text: string; when: GuidancePiece['when'] }): Promise<Telling>;
  /** Pauses a task and lends the terminal to Codex, with its conversation. */
  takeOver?(task: TaskKey): Promise<TakenOver>;
  /** False if it does not wait any more. */
  takeBack?(what: { task: string; id: string }): Promise<boolean>;
  /** Brings a task's branch home. */
  merging?: Merging;
  /** Puts tasks away, and deletes them. */
  ordering?: Ordering;
  /** Takes back what a session did to the files. */
  undoing?: Undoing;
  /** What happened since the last dashboard was closed, in the project of the task. Absent: nothing can be reported. */
  readReport?(task: TaskKey | null): Promise<ProjectReport>;
  exportLog?(what: { task: string; path: string; filter: LogFilter }): Promise<string>;
};

export function notice(
  { store, clock }: { store: CommandDeps['store']; clock: Pick<Clock, 'now'> },
  text: string,
  tone: 'plain' | 'problem',
): void {
  const until = clock.now() + noticeMsFor(text);
  store.act({ type: 'noticed', notice: { text, tone, until } });
}
