// Which pieces of the program have run, as V8 counts them: without a package or an instrumented copy of the code.

import { Session } from 'node:inspector/promises';

export type Pieces = {
  /** Whether anything new has run since the last look. Does not remember it. */
  isNew(): Promise<boolean>;
  /** Remembers what has run since the last look. */
  learn(): Promise<void>;
  known(): number;
};

/** Watches the files below `directory`, a `file:` URL. */
export async function watchPieces(directory: string): Promise<Pieces> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const known = new Set<string>();

  /** Each look resets the counts to zero. */
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
