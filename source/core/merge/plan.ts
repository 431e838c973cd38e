// What a merge of a task's branch would do, found before anything is touched.

/** Paths have one character per byte. */
export type MergePlan = ReadyMerge | NoMerge;

/** Why there is nothing to do, or nothing can be done. */
export type NoMerge =
  /** All of it is in the other branch. */
  | { kind: 'merged'; from: string }
  /** Neither the branch nor the worktree is there: an earlier merge removed them, or the user did. */
  | { kind: 'gone' }
  | ({ kind: 'conflict'; from: string; commits: number } & Conflict)
  /** The conflicts of an earlier try were left in the task's branch, and are in it still. */
  | { kind: 'unresolved'; from: string; paths: readonly string[] }
  /** Files of the user's own that it would overwrite. */
  | { kind: 'in the way'; from: string; root: string; paths: readonly string[] }
  /** `why` is one sentence without an end; `command`: what the user can type instead. */
  | ({ kind: 'refused'; why: string } & Refusal);

/** `old`: the commit of the branch it goes into; `tip`: of the task's branch. */
type Conflict = { paths: readonly string[]; old: string; tip: string };

export type Refusal = { paths?: readonly string[]; command?: string };

export type ReadyMerge = {
  kind: 'fast-forward' | 'merge';
  /** The branch it goes into, as the user calls it: `main`. */
  from: string;
  /** Commits of the task that are new there. */
  commits: number;
  /** Ids of commits: where `from` is, the task's branch, and the tree that the merge leaves. */
  old: string;
  tip: string;
  tree: string;
  /** Where it is checked out; null: only the branch moves. */
  root: string | null;
  /** Files that have conflicts in `tree`, for a session to resolve. */
  unresolved?: readonly string[];
};

/** In the message of a merge commit that has conflicts in its files. */
export const conflictsTrailer = 'Autonomous-Conflicts';

export function isReady(plan: MergePlan): plan is ReadyMerge {
  return plan.kind === 'fast-forward' || plan.kind === 'merge';
}

/** `refs/heads/main` is `main`. */
export function branchName(ref: string): string {
  return ref.replace(/^refs\/heads\//, '');
}
