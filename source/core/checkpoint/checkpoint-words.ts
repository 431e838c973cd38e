// What a checkpoint says of itself: why there is none, and what is not in it. Each thing is said once.

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
  const fresh = leftOut
    .map(
      ({ path, reason }) => `${path === '' ? '.' : safeLine(path, 200)} (${why[reason] ?? reason})`,
    )
    .filter((name) => !known.includes(name));
  const room = Math.max(0, mostSaid - known.length);
  const named = fresh.slice(0, room);
  if (named.length === 0) return { notes: [], said: known };
  const more = fresh.length > mostNamed ? ` and ${fresh.length - mostNamed} more` : '';
  return {
    notes: [`Not in the checkpoints: ${fresh.slice(0, mostNamed).join(', ')}${more}`],
    said: [...known, ...named],
  };
}
