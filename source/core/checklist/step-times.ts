// The `ticks` of a task: when each step was seen ticked, and in which session. The list itself tells no times, so
// the runner notes them as it sees them. Step 0 stands for the session's beginning: what its first step is
// measured from.
//
//   1769684475000 4 0
//   1769684647000 4 12

export type Tick = {
  /** Epoch ms when it was seen. */
  readonly at: number;
  readonly session: number;
  /** Its place in the list at that time, from 1; 0: the session began. */
  readonly step: number;
};

const tickLine = /^(\d{1,15}) (\d{1,9}) (\d{1,9})$/u;

export function readTicks(text: string): readonly Tick[] {
  return text.split('\n').flatMap((line) => {
    const match = tickLine.exec(line);
    if (match === null) return [];
    const [, at, session, step] = match;
    return [{ at: Number(at), session: Number(session), step: Number(step) }];
  });
}

export function ticksText(ticks: readonly Tick[]): string {
  return ticks.map(({ at, session, step }) => `${at} ${session} ${step}\n`).join('');
}

/** The last tick of each step: one that was opened and ticked again counts from then. */
export function ticksByStep(ticks: readonly Tick[]): ReadonlyMap<number, Tick> {
  return new Map(ticks.filter(({ step }) => step > 0).map((tick) => [tick.step, tick]));
}

/** How many steps were ticked in each session; none where it is not in the map. */
export function stepsBySession(ticks: readonly Tick[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { session, step } of ticks) {
    if (step > 0) counts.set(session, (counts.get(session) ?? 0) + 1);
  }
  return counts;
}
