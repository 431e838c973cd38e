// Whether the user looks at the terminal: it reports `ESC [ I` when it gets the focus and `ESC [ O` when it loses it, once
// it is asked to. Ink would read a report as keys.

export type TerminalFocus = {
  /** Maps each read, in order, to its text without reports. */
  withoutReports(chunk: string): string;
  isFocused(): boolean;
};

const report = /\u001B\[([IO])/gu;
/** The beginning of a report at the end of a read. It may be a key as well, so it is passed on. */
const torn = /\u001B\[?$/u;
/** The rest of a report comes within this time; no key follows another so fast. */
const waitsMs = 20;
/** A terminal that has reported nothing has the focus for so long after a key: only then do keys reach it. */
const presentMs = 30_000;

/** `now` is a monotonic clock, ms. The user has just started the program: that counts as a key. */
export function createTerminalFocus(now: () => number): TerminalFocus {
  let reported: boolean | null = null;
  let typedAt = now();
  let kept = '';
  let keptAt = -Infinity;
  return {
    withoutReports: (chunk) => {
      const before = now() - keptAt < waitsMs ? kept : '';
      const text = (before + chunk).replace(report, (all, kind: string, at: number) => {
        reported = kind === 'I';
        // What was passed on of it stays, so that the reader sees its own text again.
        return at < before.length ? before.slice(at) : '';
      });
      const rest = text.slice(before.length);
      kept = torn.exec(before + chunk)?.[0] ?? '';
      keptAt = now();
      if (rest !== '') typedAt = now();
      return rest;
    },
    isFocused: () => reported ?? now() - typedAt < presentMs,
  };
}
