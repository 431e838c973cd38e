// What a setting of a task is: its words, its value as text, and how text becomes a value.

import type { GivenOptions, TaskOptions } from '../task/options.ts';

export type SettingId =
  | 'model'
  | 'profile'
  | 'sessions'
  | 'tokens'
  | 'time'
  | 'hours'
  | 'after'
  | 'checks'
  | 'check-network'
  | 'review'
  | 'worktree'
  | 'pinned'
  | 'sandbox'
  | 'plan';

/** What is known beside the options: what counts where a row is empty, and what cannot be changed any more. */
export type SettingFacts = {
  /** Of the configuration. */
  model: string | null;
  profile: string | null;
  checks: readonly string[];
  review: boolean;
  hasWorktree: boolean;
  /** Why it cannot be given or lose a worktree, in a few words; null if it can. */
  worktreeFixed: string | null;
  /** Why it can no longer be chosen whether the user looks at its plan first, in a few words; null if it can. */
  planFixed: string | null;
};

export type SettingRow = {
  id: SettingId;
  label: string;
  /** The rows that are used less are folded. */
  isFolded?: true;
  /** As the user would write it; empty where the default counts. */
  read(this: void, options: TaskOptions): string;
  /** What an empty row means, and where that comes from. */
  whenEmpty(this: void, facts: SettingFacts): string;
  /** Why the row cannot be changed for this task, in a few words; null or absent if it can. */
  whyFixed?(this: void, facts: SettingFacts): string | null;
  /** What the text means; null if it means nothing. */
  parse(this: void, text: string): GivenOptions | null;
  /** What a right value is, after "takes". */
  expects?: string;
};
