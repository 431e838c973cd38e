// Whether a night was won. Judged only by the model's journal, the process table, the logs and git, never by the program's
// own state: the report, which is made from that, has to say the same.

import { besideEachOther, interleaved, missingLines, workedTwice } from '../outside/laws.ts';
import {
  accountFor,
  elapsedMs,
  imposedOn,
  undisturbedMs,
  unionMs,
  type Account,
  type UsualGaps,
} from './accounting.ts';
import { checkBreaches } from './check-at-random.ts';
import type { StruckFault } from './fault.ts';
import { clockFaults } from './file-faults.ts';
import type { Played } from './night.ts';
import { reportBreaches } from './report-breaches.ts';

export type Verdict = {
  /** Broken laws, one sentence each; if there is none, the night is won. */
  breaches: readonly string[];
  accounts: readonly Account[];
  overheads: readonly Overhead[];
};

export type Overhead = {
  task: string;
  elapsedMs: number;
  faultFreeMs: number;
  imposedMs: number;
  undoneMs: number;
  /** The time that was not imposed, as a multiple of the fault-free time. */
  factor: number;
};

/** The same two tasks without faults. */
export type FaultFree = { usual: UsualGaps; elapsedMs: ReadonlyMap<string, number> };

const mostFactor = 1.3;
/** The minimum for a long night. */
const fewestFaults = 25;
const fewestKinds = 15;

/** In a night of a few steps, one slow start of Codex would decide the factor. */
function isLong({ plan }: Played): boolean {
  return plan.steps >= 12;
}

export function judgeNight(played: Played, faultFree: FaultFree): Verdict {
  const { plan, journal, struck, logs, together } = played;
  const accounts = struck.map((fault) => accountFor(fault, played, faultFree.usual));
  const overheads = plan.tasks.map((task) => overheadOf(task, played, { accounts, faultFree }));
  const isExcused = (task: string, session: number): boolean =>
    struck.some(
      (fault) =>
        fault.kind.session !== 'spares' &&
        (fault.asked.task === task || fault.kind.reach === 'account') &&
        (fault.asked.session === session ||
          metBy(played, fault.kind.name, { task, session }) ||
          livedThrough(played, fault, { task, session })),
    );
  const breaches = [
    ...(played.gaveUp === null ? [] : [`It did not finish: ${played.gaveUp}`]),
    ...played.lists.flatMap(({ task, done, total }) =>
      done === plan.steps && total === plan.steps ? [] : [`${task} is not done: ${done}/${total}`],
    ),
    ...played.leftBehind.map((process) => `left behind: ${process}`),
    ...besideEachOther(together, logs),
    ...startedInVain(played),
    ...interleaved(journal),
    ...workedTwice(journal, isExcused),
    ...logs.flatMap(({ breaches: ofLog }) => ofLog),
    ...logs.flatMap(({ task, checks }) =>
      task === plan.checked ? checkBreaches(checks, task) : [],
    ),
    ...missingLines(journal, logs),
    ...reportBreaches(played),
    ...tooQuiet(played),
    ...played.missed.map((name) => `${name} found no moment to strike`),
    ...struck.flatMap(({ evidence, kind, number }) =>
      evidence === null ? [`fault ${number} (${kind.name}) was not observed`] : [],
    ),
    ...overheads.flatMap(({ task, factor }) =>
      isLong(played) && factor > mostFactor
        ? [`${task} took ${factor.toFixed(2)} times the fault-free time`]
        : [],
    ),
  ];
  return { breaches, accounts, overheads };
}

/** A night in which too little goes wrong proves nothing. */
function tooQuiet(played: Played): string[] {
  const { struck } = played;
  const kinds = new Set(struck.map(({ kind }) => kind.name)).size;
  const isEnough = struck.length >= fewestFaults && kinds >= fewestKinds;
  return isEnough || !isLong(played)
    ? []
    : [`only ${struck.length} faults of ${kinds} kinds struck`];
}

/** An outage of the machine needs no answer of the model: every session that worked meanwhile met it. */
function livedThrough(
  { journal }: Played,
  { kind, at, mendedAt }: StruckFault,
  { task, session }: { task: string; session: number },
): boolean {
  if (kind.reach !== 'account' || kind.by !== 'the machine') return false;
  const firstOf = (number: number): number =>
    journal.find((asked) => asked.task === task && asked.session === number)?.at ?? Infinity;
  return firstOf(session) <= (mendedAt ?? at) && firstOf(session + 1) >= at;
}

/**
 * A usage limit parks all tasks: from when it is known until its reset time, no session may start. A program whose clock is
 * ahead of the time that the limit names takes it for over, and has no way to know better.
 */
function startedInVain({ struck, processes }: Played): string[] {
  return struck.flatMap((fault) => {
    if (fault.kind.name !== 'usage limit' || fault.mendedAt === null) return [];
    const overAt = fault.mendedAt;
    const met = processes.filter(({ uuid }) => uuid !== null && uuid === fault.uuid);
    const knownAt = Math.max(...met.map(({ lastSeen }) => lastSeen)) + seenLateMs;
    return processes
      .filter(({ kind, firstSeen }) => kind === 'launcher' && firstSeen > knownAt)
      .filter(({ firstSeen }) => firstSeen < overAt && !isClockAhead(struck, firstSeen))
      .map(({ pid }) => `Codex ${pid} was started while the usage limit held`);
  });
}

/**
 * A start is decided before its process is seen: the table is read ten times a second, and a busy machine takes up to a
 * second to start one.
 */
const seenLateMs = 1300;

function isClockAhead(struck: readonly StruckFault[], at: number): boolean {
  const shifts = struck.filter((fault) => fault.at <= at && fault.evidence !== null);
  const count = (name: string): number => shifts.filter(({ kind }) => kind.name === name).length;
  return count(clockFaults.forward) > count(clockFaults.back);
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
  played: Played,
  { accounts, faultFree }: { accounts: readonly Account[]; faultFree: FaultFree },
): Overhead {
  const { journal, struck } = played;
  const elapsed = elapsedMs(journal, task);
  const before = faultFree.elapsedMs.get(task) ?? 0;
  const faultFreeMs = Math.max(before, undisturbedMs(played, before));
  const imposed = struck
    .filter((fault) => fault.task === task || fault.kind.reach === 'account')
    .flatMap((fault) => imposedOn(task, fault, played, faultFree.usual));
  const imposedMs = unionMs(imposed);
  return {
    task,
    elapsedMs: elapsed,
    faultFreeMs,
    imposedMs,
    undoneMs: accounts
      .filter(({ fault }) => fault.task === task)
      .reduce((total, { undoneMs }) => total + undoneMs, 0),
    factor: faultFreeMs === 0 ? 1 : (elapsed - imposedMs) / faultFreeMs,
  };
}
