// What a run knows of its reviews, and what a verdict makes of it. What the Reviewer finds becomes steps; a verdict that
// leads nowhere is for the user, and never counts as accepted.

import { readVerdict, type Finding } from './verdict.ts';

export type Review = {
  /** Rounds that came to a verdict, in the whole life of the task: the next one is one more. */
  round: number;
  /** Those of them since the user last had a look. */
  rejected: number;
  /** Verdicts in a row that could not be understood. */
  unclear: number;
  accepted: boolean;
  /** What the last rejection found. */
  last: readonly Finding[];
  /** Findings that are still to be written into the list, under `## Review <round>`. */
  pending: readonly Finding[];
};

export const noReview: Review = {
  round: 0,
  rejected: 0,
  unclear: 0,
  accepted: false,
  last: [],
  pending: [],
};

/** Rejections, until the user has a look. */
export const mostRounds = 3;
const mostUnclear = 2;

/** `needsUser`: a sentence, if only the user can decide what comes next. */
export function afterVerdict(
  review: Review,
  { message, steps }: { message: string | null; steps: number },
): { review: Review; needsUser: string | null; note: string } {
  const verdict = readVerdict(message, steps);
  if (verdict === null) {
    const unclear = review.unclear + 1;
    return {
      review: { ...review, unclear },
      needsUser:
        unclear >= mostUnclear
          ? 'The Reviewer gave no verdict that can be understood, twice: look at its log, then continue'
          : null,
      note: 'The Reviewer gave no verdict that can be understood.',
    };
  }
  const round = review.round + 1;
  if (verdict.accepts) {
    return {
      review: { ...noReview, round, accepted: true },
      needsUser: null,
      note: `The Reviewer accepted the work (round ${round}).`,
    };
  }
  const { findings } = verdict;
  const rejected = review.rejected + 1;
  const isSame = isRepeated(findings, review.last);
  const first = findings[0]?.problem ?? '';
  return {
    review: {
      ...{ round, rejected, unclear: 0, accepted: false, last: findings },
      // They are steps already, unless they could not be written.
      pending: isSame && review.pending.length === 0 ? [] : findings,
    },
    needsUser: isSame
      ? `The Reviewer found the same twice: ${first}`
      : rejected >= mostRounds
        ? `The Reviewer rejected the work ${rejected} times: ${first}`
        : null,
    note: `The Reviewer rejected the work (round ${round}): ${first}`,
  };
}

/** The user has had a look: the rounds begin anew. */
export function lookedAt(review: Review): Review {
  return { ...review, rejected: 0, unclear: 0, last: [] };
}

/** Nothing new is among them, in whatever order and with whatever punctuation. */
function isRepeated(findings: readonly Finding[], last: readonly Finding[]): boolean {
  const known = new Set(last.map(({ problem }) => words(problem)));
  return findings.every(({ problem }) => known.has(words(problem)));
}

function words(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
