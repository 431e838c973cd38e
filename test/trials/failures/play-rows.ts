// All rows of the failure table, several at a time, in one project.

import { makeTrialWorld, type TrialWorld } from '../outside/trial-world.ts';
import { judgeRow } from './judge-row.ts';
import { playRow, rowSettings, type PlayedRow } from './play-row.ts';
import type { FailureRow } from './rows.ts';

export type JudgedRow = { row: FailureRow; played: PlayedRow | null; breaches: readonly string[] };

export type RowsCall = {
  rows: readonly FailureRow[];
  /** The Codex to use; default: the one installed for development. */
  codex?: string;
  atOnce?: number;
};

export async function playRows({ rows, codex, atOnce = 4 }: RowsCall): Promise<JudgedRow[]> {
  const place = await makeTrialWorld({
    // Each row has its own CODEX_HOME; this one is only for checking the sandbox.
    codexHome: { url: 'http://127.0.0.1:9/v1' },
    configuration: rowSettings,
    ...(codex === undefined ? {} : { codex }),
  });
  const judged: JudgedRow[] = [];
  const waiting = [...rows.entries()].toSorted(
    ([, one], [, other]) => timeFor(other) - timeFor(one),
  );
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      judged.push(await playOne(place, next));
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    await place.end();
  }
  return judged;
}

/** The longest rows come first: at the end, one of them would play alone. */
function timeFor({ response, meanwhile, settings }: FailureRow): number {
  if (response === 'gives up') return 2;
  return meanwhile !== undefined || settings !== undefined ? 1 : 0;
}

async function playOne(place: TrialWorld, [index, row]: [number, FailureRow]): Promise<JudgedRow> {
  try {
    const played = await playRow(place, row, index);
    return { row, played, breaches: judgeRow(row, played) };
  } catch (error) {
    return { row, played: null, breaches: [String(error)] };
  }
}
