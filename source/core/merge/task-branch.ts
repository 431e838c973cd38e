// The branch and worktree of a task, as far as a merge needs to know them.

export type TaskBranch = {
  /** Of the worktree. */
  path: string;
  /** `autonomous/docs` */
  branch: string;
  /** Where it began and goes back to: `refs/heads/main`; null where HEAD was detached. */
  from: string | null;
};
