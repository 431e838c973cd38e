// All rows, several at a time. AGENTS.md has to reach the model exactly once, whatever else counts.

import { makeTrialWorld } from '../outside/trial-world.ts';
import { playInstructions, type PlayedInstructions, type Reached } from './play-row.ts';
import type { InstructionsRow } from './rows.ts';

export type JudgedInstructions = { row: InstructionsRow; breaches: readonly string[] };

export async function playAllInstructions({
  rows,
  codex,
  atOnce = 4,
}: {
  rows: readonly InstructionsRow[];
  /** The Codex to use; default: the one installed for development. */
  codex?: string;
  atOnce?: number;
}): Promise<JudgedInstructions[]> {
  const world = await makeTrialWorld({
    codexHome: { url: 'http://127.0.0.1:9/v1' },
    configuration: {},
    ...(codex === undefined ? {} : { codex }),
  });
  const judged: JudgedInstructions[] = [];
  const waiting = [...rows.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, row] = next;
      const breaches = await playInstructions(world, row, index).then(
        (played) => breachesOf(row, played),
        (error: unknown) => [String(error)],
      );
      judged.push({ row, breaches });
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    await world.end();
  }
  return judged;
}

function breachesOf(row: InstructionsRow, { fresh, resumed }: PlayedInstructions): string[] {
  const expected: Reached = { root: 1, sub: row.place.includes('subdirectory') ? 1 : 0 };
  const breach = (session: string, { root, sub }: Reached): string[] =>
    root === expected.root && sub === expected.sub
      ? []
      : [
          `${session}: the root's file reached the model ${root} times, not ${expected.root}; ` +
            `the subdirectory's ${sub} times, not ${expected.sub}`,
        ];
  return [...breach('fresh', fresh), ...breach('resumed', resumed)];
}
