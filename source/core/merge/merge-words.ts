// What a merge says, one sentence each: what it would do, what it did, and why it cannot be done.

import { safeLine } from '../text/safe-text.ts';
import type { NoMerge, ReadyMerge } from './plan.ts';

type Merge<Plan> = { plan: Plan; branch: string };

const mostNamed = 5;

/** `Merge autonomous/docs (3 commits) into main? fast-forward` */
export function mergeQuestion({ plan, branch }: Merge<ReadyMerge>): string {
  const { kind, commits, from } = plan;
  const how = kind === 'merge' ? 'a merge commit' : kind;
  return `Merge ${shown(branch)} (${commitsOf(commits)}) into ${shown(from)} by ${how}?`;
}

/** `autonomous/docs conflicts with main in a.txt, b.txt` */
export function resolveQuestion({
  plan,
  branch,
}: Merge<Extract<NoMerge, { kind: 'conflict' | 'unresolved' }>>): string {
  return `${shown(branch)} conflicts with ${shown(plan.from)} in ${named(plan.paths)}`;
}

export function mergedSentence({ plan, branch }: Merge<ReadyMerge>): string {
  const { kind, commits, from } = plan;
  const how = kind === 'merge' ? 'merge commit' : kind;
  return `Merged ${shown(branch)} (${commitsOf(commits)}) into ${shown(from)}: ${how}`;
}

/** `conflict` and `in the way` name their files. */
export function notMergedSentence({ plan, branch }: Merge<NoMerge>): string {
  const own = shown(branch);
  switch (plan.kind) {
    case 'merged':
      return `${own} is merged into ${shown(plan.from)} already`;
    case 'gone':
      return `${own} and its worktree are gone already`;
    case 'conflict':
      return `${own} conflicts with ${shown(plan.from)} in ${named(plan.paths)}: nothing was changed`;
    case 'unresolved':
      return `${own} has conflicts that are not resolved yet in ${named(plan.paths)}: nothing was changed`;
    case 'in the way':
      return `Merging ${own} would overwrite what is not committed in ${shown(plan.root)}: ${named(plan.paths)}. Commit, stash or move it first`;
    case 'refused': {
      const { why, paths = [], command } = plan;
      const files = paths.length === 0 ? '' : `: ${named(paths)}`;
      const hint = command === undefined ? '' : `. See: ${shown(command)}`;
      return `${own} was not merged: ${shown(why)}${files}${hint}`;
    }
    default:
      return plan satisfies never;
  }
}

const resolution = 'Resolve the conflicts of the merge of ';

/** What the task is told: it becomes a step where all others are done. */
export function resolutionText({
  from,
  branch,
  paths,
}: {
  from: string;
  branch: string;
  paths: readonly string[];
}): string {
  return `${resolution}${shown(from)} into ${shown(branch)} in: ${named(paths)}. The merge commit is made already: remove the conflict markers (<<<<<<<, =======, >>>>>>>), and keep what both sides changed.`;
}

/** Whether a step or something told asks for that. */
export function isResolution(text: string): boolean {
  return text.startsWith(resolution);
}

/** `kept`: why the worktree is still there. */
export function removalSentence(
  { path }: { path: string },
  removal: { kind: 'removed' } | { kind: 'kept'; why: string },
): string {
  return removal.kind === 'removed'
    ? 'Its worktree and branch are removed'
    : `Its worktree ${shown(path)} stays: ${shown(removal.why)}`;
}

function named(paths: readonly string[]): string {
  const more = paths.length > mostNamed ? ` and ${paths.length - mostNamed} more` : '';
  return `${paths.slice(0, mostNamed).map(shownPath).join(', ')}${more}`;
}

function commitsOf(count: number): string {
  return count === 1 ? '1 commit' : `${count} commits`;
}

function shown(text: string): string {
  return safeLine(text, 1000);
}

/** Bytes as characters, as text; as they are where they are no UTF-8. */
function shownPath(path: string): string {
  const bytes = [...path].map((char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
  try {
    return safeLine(decodeURIComponent(bytes.join('')), 200);
  } catch {
    return safeLine(path, 200);
  }
}
