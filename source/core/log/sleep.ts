// Sleeps of the machine while a task ran: noted in session.times between the log's times, drawn in the log.
//
//   slept 1769684475000 11520000

export type Sleep = {
  /** When the machine woke up, epoch ms. */
  readonly at: number;
  readonly ms: number;
};

/** A shorter sleep is not worth showing. */
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
