// Which pieces of the program have run, as V8 itself counts them: no package and no instrumented copy of the code.

import { Session } from 'node:inspector/promises';

export type Pieces = {
  /** Whether anything ran since the last look that had never run. Nothing is remembered of it. */
  isNew(): Promise<boolean>;
  /** What ran since the last look is known from now on. */
  learn(): Promise<void>;
  known(): number;
};

/** Watches the files below `directory`, a `file:` address. */
export async function watchPieces(directory: string): Promise<Pieces> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const known = new Set<string>();

  /** Counts begin at zero with each look. */
  async function look(): Promise<string[]> {
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const ran: string[] = [];
    for (const { url, scriptId, functions } of result) {
      if (!url.startsWith(directory)) continue;
      for (const { startOffset, endOffset, count } of functions.flatMap(({ ranges }) => ranges)) {
        if (count > 0) ran.push(`${scriptId}:${startOffset}-${endOffset}`);
      }
    }
    return ran;
  }

  return {
    isNew: async () => (await look()).some((piece) => !known.has(piece)),
    learn: async () => {
      for (const piece of await look()) known.add(piece);
    },
    known: () => known.size,
  };
}
