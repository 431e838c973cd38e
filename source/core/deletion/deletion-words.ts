// What the user reads before and after a task is deleted. Paths are foreign text and come out clean.

import { cleanLine } from '../text/clean.ts';

export type DeletionPlan = {
  /** The task's directory; null if it is gone already. */
  directory: string | null;
  /** Its state directory; null if there is none. */
  state: string | null;
  checkpoints: number;
  /** `kept`: why its worktree and branch stay; null if they go. */
  worktree: { path: string; branch: string; kept: string | null } | null;
};

/** What would go, and what stays: one line each. `shown`: a path as the user reads it. */
export function deletionLines(
  { directory, state, checkpoints, worktree }: DeletionPlan,
  shown: (path: string) => string = (path) => path,
): readonly string[] {
  const safe = (path: string): string => cleanLine(shown(path), { maxLength: 4096 });
  return [
    ...(directory === null ? [] : [`Goes: ${safe(directory)}, with its list, notes and log`]),
    ...(state === null ? [] : [`Goes: its state, ${safe(state)}`]),
    ...(checkpoints === 0 ? [] : [`Goes: ${checkpointWords(checkpoints)}, without undo`]),
    ...(worktree?.kept === null
      ? [`Goes: its worktree ${safe(worktree.path)} and branch ${cleanLine(worktree.branch)}`]
      : []),
    ...stays(worktree, safe),
    "Stays: the project's files",
  ];
}

/** `Deleted docs. Its worktree /worktrees/docs stays: autonomous/docs is not merged` */
export function deletedSentence(
  task: string,
  { worktree }: Pick<DeletionPlan, 'worktree'>,
): string {
  const kept = stays(worktree, (path) => cleanLine(path, { maxLength: 4096 }));
  return [
    `Deleted ${cleanLine(task)}`,
    ...kept.map((line) => line.replace('Stays: its', 'Its')),
  ].join('. ');
}

function stays(worktree: DeletionPlan['worktree'], safe: (path: string) => string): string[] {
  if (worktree === null || worktree.kept === null) return [];
  return [`Stays: its worktree ${safe(worktree.path)}: ${cleanLine(worktree.kept)}`];
}

function checkpointWords(count: number): string {
  return count === 1 ? '1 checkpoint' : `its ${count} checkpoints`;
}
