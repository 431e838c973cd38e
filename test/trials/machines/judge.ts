// Whether machines that share tasks kept to the laws, judged by what the model was asked and by what the git remote has, never by
// the program's own state.

export type AskedBy = {
  /** By a clock that nobody sets, ms. */
  at: number;
  machine: string;
  task: string;
  session: number;
  /** 0: it plans. */
  step: number;
};

/** `done`: which steps the list at the remote has ticked; `lines`: of the file that the steps write. */
export type TaskAtRemote = {
  task: string;
  ticked: number;
  total: number;
  lines: readonly string[];
};

/** A machine that slept. */
export type Woken = { machine: string; at: number };

type Shared = {
  asked: readonly AskedBy[];
  woken: readonly Woken[];
  remote: readonly TaskAtRemote[];
  steps: number;
  /** No other machine may be at work so soon after the last word of the one before, ms. */
  leastGapMs: number;
};

export type HandOver = { task: string; from: string; to: string; gapMs: number };

export function handOversIn(asked: readonly AskedBy[]): HandOver[] {
  const last = new Map<string, AskedBy>();
  const found: HandOver[] = [];
  for (const one of [...asked].sort((a, b) => a.at - b.at)) {
    const before = last.get(one.task);
    if (before !== undefined && before.machine !== one.machine) {
      const { task, machine: to } = one;
      found.push({ task, from: before.machine, to, gapMs: one.at - before.at });
    }
    last.set(one.task, one);
  }
  return found;
}

/** From when on a machine owned a task. */
export type Owned = { task: string; machine: string; at: number };

/** A machine did nothing any more, or did something again. */
export type Gone = { machine: string; at: number; what: 'gone' | 'back' };

export type TakeOver = { task: string; from: string; to: string; ms: number };

/**
 * How long it took until a task whose machine was gone had another one, ms: from when the one was gone and the other one there,
 * since a machine that has just begun has to see the silence itself.
 */
export function takeOversIn(owned: readonly Owned[], fates: readonly Gone[]): TakeOver[] {
  const lastOf = (machine: string, what: Gone['what'], at: number): number | undefined =>
    fates.findLast((one) => one.machine === machine && one.what === what && one.at <= at)?.at;
  const last = new Map<string, Owned>();
  const found: TakeOver[] = [];
  for (const one of owned) {
    const before = last.get(one.task);
    last.set(one.task, one);
    if (before === undefined || before.machine === one.machine) continue;
    const { task, machine: to, at } = one;
    const goneAt = lastOf(before.machine, 'gone', at);
    if (goneAt === undefined) continue;
    const from = Math.max(goneAt, lastOf(to, 'back', at) ?? 0);
    found.push({ task, from: before.machine, to, ms: at - from });
  }
  return found;
}

/** Those that took longer than they may, one sentence each. */
export function lateTakeOvers(takeOvers: readonly TakeOver[], mostMs: number): string[] {
  return takeOvers
    .filter(({ ms }) => ms > mostMs)
    .map(({ task, from, ms }) => {
      const stood = (ms / 1000).toFixed(1);
      return `${task} stood still for ${stood} s after ${from} was gone, and may for ${mostMs / 1000} s`;
    });
}

/** Broken laws, one sentence each. */
export function machineBreaches({
  asked: all,
  woken,
  remote,
  steps,
  leastGapMs,
}: Shared): string[] {
  const asked = all.filter((one) => !hasJustWoken(one, woken));
  return [
    ...handOversIn(asked)
      .filter(({ gapMs }) => gapMs < leastGapMs)
      .map(
        ({ task, from, to, gapMs }) =>
          `${task} was worked on by ${from} and, ${(gapMs / 1000).toFixed(1)} s later, by ${to}`,
      ),
    ...wentBack(asked),
    ...remote.flatMap(({ task, ticked, total, lines }) => [
      ...(ticked === steps && total === steps ? [] : [`${task} is not done: ${ticked}/${total}`]),
      ...missingIn(lines, steps).map((line) => `${task} lacks the work of ${line}`),
    ]),
  ];
}

/** Until the warden has looked at the clock. The fence refuses what comes of it. */
function hasJustWoken({ machine, at }: AskedBy, woken: readonly Woken[]): boolean {
  return woken.some((one) => one.machine === machine && at >= one.at && at - one.at < 1000);
}

/** A step that was ticked and handed on is never worked on again: its record would be missing. */
function wentBack(asked: readonly AskedBy[]): string[] {
  const furthest = new Map<string, number>();
  return [...asked]
    .sort((a, b) => a.at - b.at)
    .flatMap(({ task, step, machine, session }) => {
      const most = furthest.get(task) ?? 0;
      furthest.set(task, Math.max(most, step));
      // The last step may be begun again, where it was cut off before it was handed on.
      return step < most - 1
        ? [`${task}: ${machine} works on step ${step} in session ${session}, behind step ${most}`]
        : [];
    });
}

function missingIn(lines: readonly string[], steps: number): string[] {
  return Array.from({ length: steps }, (_, index) => `part ${index + 1}`).filter(
    (line) => !lines.includes(line),
  );
}
