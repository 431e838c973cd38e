// What a checkpoint says of itself: why there is none, and what is not in it. A commit in a worktree says the latter, too.
// Each thing is said once.

import { safeLine } from '../text/safe-text.ts';

/** What is not in a tree of the files. */
type LeftOutFile = { path: string; reason: string };

const why: Readonly<Record<string, string>> = {
  'too big': 'over 50 MB',
  'too many new files': 'too many new files',
  filter: 'needs a filter of the repository',
  unreadable: 'cannot be read',
  submodule: 'a submodule: its changes are not covered',
};

/** Paths for one sentence, and for all that were said. */
const mostNamed = 5;
const mostSaid = 200;

type Sayings = { notes: readonly string[]; said: readonly string[] };

/** `said`: what the task's checkpoints have said before. */
export function sayingsOf(
  { problem, leftOut }: { problem: string | null; leftOut: readonly LeftOutFile[] },
  said: readonly string[],
): Sayings {
  if (problem !== null) {
    const key = `problem ${safeLine(problem, 300)}`;
    const isKnown = said.includes(key);
    return {
      notes: isKnown ? [] : [`No checkpoint: ${safeLine(problem, 300)}`],
      said: isKnown ? said : [...said, key],
    };
  }
  // A problem that is over is said again when it comes back.
  const known = said.filter((key) => !key.startsWith('problem '));
  return naming(leftOut, known, { words: 'Not in the checkpoints', key: '' });
}

/** What a commit says of the files that are not in it. */
export function notCommitted(leftOut: readonly LeftOutFile[], said: readonly string[]): Sayings {
  return naming(leftOut, said, { words: 'Not committed', key: 'commit ' });
}

/** `key`: tells what one has said from what the other has. */
function naming(
  leftOut: readonly LeftOutFile[],
  said: readonly string[],
  { words, key }: { words: string; key: string },
): Sayings {
  const fresh = leftOut
    .map(
      ({ path, reason }) => `${path === '' ? '.' : safeLine(path, 200)} (${why[reason] ?? reason})`,
    )
    .filter((name) => !said.includes(`${key}${name}`));
  const named = fresh.slice(0, Math.max(0, mostSaid - said.length));
  if (named.length === 0) return { notes: [], said };
  const more = fresh.length > mostNamed ? ` and ${fresh.length - mostNamed} more` : '';
  return {
    notes: [`${words}: ${fresh.slice(0, mostNamed).join(', ')}${more}`],
    said: [...said, ...named.map((name) => `${key}${name}`)],
  };
}
