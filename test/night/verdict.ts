// Whether a night was won. Only the journal of the model, the process table and the logs are asked: the program's own
// state has no say in it.

import { besideEachOther, interleaved, missingLines, workedTwice } from '../outside/laws.ts';
import { accountFor, elapsedMs, unionMs, type Account, type UsualGaps } from './accounting.ts';
import type { Played } from './night.ts';

export type Verdict = {
  /** What was not as it has to be, one sentence each; none: the night is won. */
  breaches: readonly string[];
  accounts: readonly Account[];
  overheads: readonly Overhead[];
};

export type Overhead = {
  task: string;
  elapsedMs: number;
  faultFreeMs: number;
  imposedMs: number;
  /** How many times the fault-free time all that was not imposed took. */
  factor: number;
};

/** The same two tasks without a single fault. */
export type FaultFree = { usual: UsualGaps; elapsedMs: ReadonlyMap<string, number> };

const mostFactor = 1.3;

export function judgeNight(played: Played, faultFree: FaultFree): Verdict {
  const { plan, journal, struck, logs, together } = played;
  const accounts = struck.map((fault) => accountFor(fault, played, faultFree.usual));
  const overheads = plan.tasks.map((task) => overheadOf(task, played, { accounts, faultFree }));
  const isExcused = (task: string, session: number): boolean =>
    struck.some(
      (fault) =>
        fault.kind.session !== 'spares' &&
        (fault.asked.task === task || fault.kind.reach === 'account') &&
        (fault.asked.session === session || metBy(played, fault.kind.name, { task, session })),
    );
  const breaches = [
    ...(played.gaveUp === null ? [] : [`It did not come to an end: ${played.gaveUp}`]),
    ...played.lists.flatMap(({ task, done, total }) =>
      done === plan.steps && total === plan.steps ? [] : [`${task} is not done: ${done}/${total}`],
    ),
    ...played.leftBehind.map((process) => `left behind: ${process}`),
    ...besideEachOther(together, logs),
    ...interleaved(journal),
    ...workedTwice(journal, isExcused),
    ...logs.flatMap(({ breaches: ofLog }) => ofLog),
    ...missingLines(journal, logs),
    ...played.missed.map((name) => `${name} found no moment to strike`),
    ...struck.flatMap(({ evidence, kind, number }) =>
      evidence === null ? [`fault ${number} (${kind.name}) was not seen to happen`] : [],
    ),
    ...overheads.flatMap(({ task, factor }) =>
      factor > mostFactor ? [`${task} took ${factor.toFixed(2)} times the fault-free time`] : [],
    ),
  ];
  return { breaches, accounts, overheads };
}

function metBy(
  { journal }: Played,
  fault: string,
  { task, session }: { task: string; session: number },
): boolean {
  return journal.some(
    (asked) => asked.task === task && asked.session === session && asked.answeredBy === fault,
  );
}

function overheadOf(
  task: string,
  { journal, plan }: Played,
  { accounts, faultFree }: { accounts: readonly Account[]; faultFree: FaultFree },
): Overhead {
  const elapsed = elapsedMs(journal, task);
  const faultFreeMs = faultFree.elapsedMs.get(task) ?? 0;
  const holdsUp = ({ fault }: Account): boolean =>
    fault.task === task || fault.kind.reach === 'account';
  const imposedMs =
    plan.faults.length === 0 ? 0 : unionMs(accounts.filter(holdsUp).map(({ imposed }) => imposed));
  return {
    task,
    elapsedMs: elapsed,
    faultFreeMs,
    imposedMs,
    factor: faultFreeMs === 0 ? 1 : (elapsed - imposedMs) / faultFreeMs,
  };
}
