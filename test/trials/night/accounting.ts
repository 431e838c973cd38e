// The cost of each fault, from the journal and the process table: how long until the work was as far again, and how
// much of that was a wait that the fault imposed. The rest is time for the program, for restarting Codex, and for work
// that must be done again.

import { isAsFarAs, type Asked } from '../outside/asked.ts';
import type { SeenProcess } from '../outside/process-watch.ts';
import type { StruckFault } from './fault.ts';
import type { Played } from './night.ts';

export type Account = {
  fault: StruckFault;
  /** Until the task was as far again in a session that was answered normally, ms. */
  lostMs: number;
  /** The waits that the fault made unavoidable, epoch ms. */
  imposed: readonly Interval[];
  /** Work of the session that was not yet recorded when it ended, and must be done again, ms. */
  undoneMs: number;
  /** The next session of the task, if there was one. */
  next: Asked | null;
  outcome: string | null;
};

export type Interval = { from: number; to: number };

export type UsualGaps = ReadonlyMap<string, number>;

export function accountFor(fault: StruckFault, played: Played, usual: UsualGaps): Account {
  const { journal, logs } = played;
  const own = journal.filter(({ task }) => task === fault.task);
  const later = own.filter(({ at }) => at >= fault.at && at !== fault.asked.at);
  const log = logs.find(({ task }) => task === fault.task);
  const logged = log?.sessions.find(({ number }) => number === fault.asked.session);
  return {
    fault,
    lostMs: lostMs(fault, later, usual),
    imposed: imposedOn(fault.task, fault, played, usual),
    undoneMs: undoneMs(fault, own),
    next: later.find(({ session }) => session > fault.asked.session) ?? null,
    outcome: logged?.outcome ?? null,
  };
}

function lostMs(fault: StruckFault, later: readonly Asked[], usual: UsualGaps): number {
  const { asked } = fault;
  const again = later.find(
    (one) =>
      one.answeredBy === null && isAsFarAs(one, asked) && one.at >= (fault.mendedAt ?? 0) - 60_000,
  );
  if (again === undefined) return 0;
  const isRepeated = again.step === asked.step && again.moment === asked.moment;
  const gap = again.at - asked.at;
  return Math.max(0, isRepeated ? gap : gap - (usual.get(asked.moment) ?? 0));
}

/**
 * From the fault to its repair and the end of the wait that follows. Within that window, only real standstill of the
 * task counts: the gaps between requests that were answered normally.
 */
export function imposedOn(
  task: string,
  fault: StruckFault,
  played: Played,
  usual: UsualGaps,
): Interval[] {
  const window = windowOf(fault, played.processes);
  const healthy = played.journal.filter((one) => one.task === task && one.answeredBy === null);
  return healthy.flatMap((asked, index) => {
    const next = healthy[index + 1];
    if (next === undefined) return [];
    const to = Math.min(next.at, window.to);
    const isSameAgain =
      fault.task === task && asked.at < fault.at && fault.asked.answeredBy !== null;
    const usually = isSameAgain ? 0 : (usual.get(asked.moment) ?? 0);
    const from = Math.max(asked.at + usually, window.from);
    return to > from ? [{ from, to }] : [];
  });
}

function windowOf(fault: StruckFault, processes: readonly SeenProcess[]): Interval {
  const { dyingMs, waitMs } = fault.kind.imposes;
  const session = processes.filter(({ uuid }) => uuid !== null && uuid === fault.uuid);
  const goneAt = Math.max(fault.at, ...session.map(({ lastSeen }) => lastSeen));
  const wholeAt = Math.max(Math.min(goneAt, fault.at + dyingMs), fault.mendedAt ?? 0);
  return { from: fault.at, to: wholeAt + waitMs };
}

/** Only the current step: steps ticked before are recorded. */
function undoneMs({ kind, asked }: StruckFault, own: readonly Asked[]): number {
  if (kind.session === 'spares' || asked.moment === 'end') return 0;
  const begun = own.find(({ session }) => session === asked.session);
  return begun === undefined ? 0 : asked.at - begun.at;
}

/** The total length, ms: time that two faults impose at once counts once. */
export function unionMs(intervals: readonly Interval[]): number {
  let total = 0;
  let until = -Infinity;
  for (const { from, to } of [...intervals].sort((one, other) => one.from - other.from)) {
    total += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return total;
}

/** From a night without faults: the usual time from each moment of a session to the next request, ms. */
export function usualGapsOf(journal: readonly Asked[]): UsualGaps {
  const gaps = new Map<string, number[]>();
  for (const task of new Set(journal.map((one) => one.task))) {
    const own = journal.filter((one) => one.task === task);
    own.forEach(({ moment, at }, index) => {
      const next = own[index + 1];
      if (next !== undefined) gaps.set(moment, [...(gaps.get(moment) ?? []), next.at - at]);
    });
  }
  return new Map([...gaps].map(([moment, values]) => [moment, median(values)]));
}

/** The time for the same work, from the night's own sessions without a fault: a machine's speed varies. */
export function undisturbedMs({ journal, struck, plan }: Played, usual: number): number {
  const durations: number[] = [];
  for (const task of plan.tasks) {
    const own = journal.filter((one) => one.task === task);
    const starts = own.filter(({ moment, role }) => moment === 'start' && role === 'executor');
    for (const start of starts) {
      const next = own.find(({ session }) => session > start.session);
      if (next === undefined || next.session !== start.session + 1 || next.step !== start.step + 1)
        continue;
      const isStruck = struck.some(
        (fault) => fault.at < next.at && start.at < Math.max(fault.at + 1, fault.mendedAt ?? 0),
      );
      if (!isStruck) durations.push(next.at - start.at);
    }
  }
  return durations.length < 3 ? usual : median(durations) * plan.steps;
}

/** From a task's first request to its last, ms. */
export function elapsedMs(journal: readonly Asked[], task: string): number {
  const own = journal.filter((one) => one.task === task);
  return own.length === 0 ? 0 : own.at(-1)!.at - own[0]!.at;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
