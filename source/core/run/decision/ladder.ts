// What to do about a stuck step: each rung is a stronger measure, the last one asks the user. A stalled session
// climbs one rung, and so do three sessions in a row without a newly ticked step.

import type { Failure } from '../../failure/failure.ts';
import type { ListRead } from '../../checklist/list-look.ts';
import { bottomOfLadder, type Ladder, type Run, type Stall } from '../run.ts';

const sessionsUntilNextRung = 3;
const rungOfSubSteps = 3;
export const rungThatNeedsUser = 4;

const stallSentences: Readonly<Record<Stall, string>> = {
  silence: 'Codex fell silent and was stopped',
  command: 'A command did not finish and was stopped',
  network: 'The network was down for too long',
};

/** The ladder after a session; a tick resets it. */
export function ladderAfter(run: Run, done: number): Ladder {
  const { ladder, stall } = run;
  const before = tickedBefore(run);
  if (before === null || done > before) return bottomOfLadder;
  // Waiting for the network says nothing about the step.
  if (stall === 'network') return ladder;
  const sessionsWithoutTick = ladder.sessionsWithoutTick + 1;
  const climbs = stall !== null || sessionsWithoutTick >= sessionsUntilNextRung;
  return climbs
    ? { rung: Math.min(ladder.rung + 1, rungThatNeedsUser), sessionsWithoutTick: 0 }
    : { ...ladder, sessionsWithoutTick };
}

/** Ticked steps before the current session; null when the list was never read. */
export function tickedBefore(run: Run): number | null {
  return run.lastList?.done ?? run.tickedBefore;
}

/**
 * What a session is told on its rung, however the previous one ended: the nudge until one session has had it (a
 * session cut short by a restart or a lost network has not), the request for sub-steps until a step is ticked.
 */
export function withWordOfRung({ ladder }: Run, additions: Run['additions']): Run['additions'] {
  const kind = wordOfRung(ladder);
  const isTold = kind === null || additions.some((addition) => addition.kind === kind);
  return isTold ? additions : [...additions, { kind }];
}

function wordOfRung({ rung, sessionsWithoutTick }: Ladder): 'split-step' | 'stalled' | null {
  if (rung >= rungOfSubSteps) return 'split-step';
  return rung > 0 && sessionsWithoutTick === 0 ? 'stalled' : null;
}

/** What the next session gets on this rung: a conversation to resume, and a note in its prompt. */
export function onRung(run: Run, rung: number): Pick<Run, 'resume' | 'additions'> {
  if (rung <= 1) return { resume: run.thread, additions: [{ kind: 'stalled' }] };
  if (rung === 2) return { resume: null, additions: [{ kind: 'stalled' }] };
  return { resume: null, additions: [{ kind: 'split-step' }] };
}

/** If the list has changed since the user was asked about its step, tries again from the bottom of the ladder. */
export function unstuck(run: Run, list: ListRead | null): Run {
  return isSameList(run.stuckAt, list) ? run : fromTheBottom(run);
}

export function fromTheBottom(run: Run): Run {
  return run.stuckAt === null ? run : { ...run, stuckAt: null, ladder: bottomOfLadder };
}

function isSameList(one: ListRead | null, other: ListRead | null): boolean {
  return one?.done === other?.done && one?.total === other?.total && one?.next === other?.next;
}

/** The failure of a session that was stopped because it stalled. */
export function stalledFailure(stall: Stall): Failure {
  return {
    reason: 'stalled',
    recovery: 'climb the ladder',
    sentence: stallSentences[stall],
    codexMessage: '',
  };
}

export const gettingNowhere: Failure = {
  reason: 'stalled',
  recovery: 'ask the user',
  sentence:
    'The next step makes no progress, even in parts: look at the log, change the step or the project, then continue',
  codexMessage: '',
};
