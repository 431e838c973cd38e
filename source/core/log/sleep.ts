// The machine slept while a task ran: noted in session.times among the lines of the log's times, drawn in the log.
//
//   slept 1769684475000 11520000

export type Sleep = {
  /** Epoch ms when it was over. */
  readonly at: number;
  readonly ms: number;
};

/** A shorter one nobody would ask about. */
export const shortestSleepMs = 30_000;

export function sleepNote({ at, ms }: Sleep): string {
  return `slept ${at} ${Math.round(ms)}\n`;
}

export function readSleeps(text: string): readonly Sleep[] {
  return text.split('\n').flatMap((line) => {
    const match = /^slept (\d{1,15}) (\d{1,15})$/u.exec(line);
    return match === null ? [] : [{ at: Number(match[1]), ms: Number(match[2]) }];
  });
}
