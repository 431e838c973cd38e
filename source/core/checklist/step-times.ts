// A task's step times, in its file `ticks`: when each step was seen ticked, and in which session. The checklist
// has no times, so the runner notes them. Step 0 marks the start of a session, from which its first step is
// measured.
//
//   1769684475000 4 0
//   1769684647000 4 12

export type StepTime = {
  /** When the tick was seen, epoch ms. */
  readonly at: number;
  readonly session: number;
  /** Its position in the list at that time, from 1; 0: the session began. */
  readonly step: number;
};

const tickLine = /^(\d{1,15}) (\d{1,9}) (\d{1,9})$/u;

export function readStepTimes(text: string): readonly StepTime[] {
  return text.split('\n').flatMap((line) => {
    const match = tickLine.exec(line);
    if (match === null) return [];
    const [, at, session, step] = match;
    return [{ at: Number(at), session: Number(session), step: Number(step) }];
  });
}

export function stepTimesText(ticks: readonly StepTime[]): string {
  return ticks.map(({ at, session, step }) => `${at} ${session} ${step}\n`).join('');
}

/** The last time of each step: a step that was unticked and ticked again counts from then. */
export function stepTimesByStep(ticks: readonly StepTime[]): ReadonlyMap<number, StepTime> {
  return new Map(ticks.filter(({ step }) => step > 0).map((tick) => [tick.step, tick]));
}

/** How many steps were ticked in each session; sessions without any are not in the map. */
export function stepsBySession(ticks: readonly StepTime[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { session, step } of ticks) {
    if (step > 0) counts.set(session, (counts.get(session) ?? 0) + 1);
  }
  return counts;
}
