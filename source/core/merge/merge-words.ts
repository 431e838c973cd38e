// What a merge says, one sentence each: what it would do, what it did, and why it cannot be done.

import { safeLine } from '../text/safe-text.ts';
import type { NoMerge, ReadyMerge } from './plan.ts';

type Merge<Plan> = { plan: Plan; branch: string };

const mostNamed = 5;

/** `Merge autonomous/docs (3 commits) into main? fast-forward` */
export function mergeQuestion({ plan, branch }: Merge<ReadyMerge>): string {
  const { kind, commits, from } = plan;
  const how = kind === 'merge' ? 'merge commit' : kind;
  return `Merge ${shown(branch)} (${commitsOf(commits)}) into ${shown(from)}? ${how}`;
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
    case 'conflict':
      return `${own} conflicts with ${shown(plan.from)} in ${named(plan.paths)}: nothing was changed`;
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
