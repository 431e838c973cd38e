// What a merge of a task's branch would do, found before anything is touched.

/** Paths have one character per byte. */
export type MergePlan = ReadyMerge | NoMerge;

/** Why there is nothing to do, or nothing can be done. */
export type NoMerge =
  /** All of it is in the other branch. */
  | { kind: 'merged'; from: string }
  | { kind: 'conflict'; from: string; commits: number; paths: readonly string[] }
  /** Files of the user's own that it would overwrite. */
  | { kind: 'in the way'; from: string; root: string; paths: readonly string[] }
  /** `why` is one sentence without an end; `command`: what the user can type instead. */
  | ({ kind: 'refused'; why: string } & Refusal);

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
};

export function isReady(plan: MergePlan): plan is ReadyMerge {
  return plan.kind === 'fast-forward' || plan.kind === 'merge';
}

/** `refs/heads/main` is `main`. */
export function branchName(ref: string): string {
  return ref.replace(/^refs\/heads\//, '');
}
