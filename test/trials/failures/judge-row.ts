// Judges a played row by its log, by the requests to the model, and by what our program printed.

import type { PlayedRow } from './play-row.ts';
import type { FailureRow, Response } from './rows.ts';

/** What is wrong, one sentence each. */
export function judgeRow(row: FailureRow, played: PlayedRow): string[] {
  const breaches: string[] = [...played.log.breaches];
  const { sessions } = played.log;
  const [first] = sessions;
  const said = `${played.stdout}\n${played.stderr}`;
  const expectThat = (holds: boolean, otherwise: string): void => {
    if (!holds) breaches.push(otherwise);
  };
  expectThat(
    first?.outcome === row.outcome,
    `it ended as ${first?.outcome}, not as ${row.outcome}`,
  );
  expectThat(row.says.test(said), `the output has no ${String(row.says)}`);
  expectThat(
    exitCodesOf[row.response].includes(played.exitCode ?? -1),
    `it exited with ${played.exitCode}`,
  );
  if (row.told !== undefined) {
    const second = played.asked.find(({ session }) => session === sessions[1]?.number);
    const notes = second?.notes ?? [];
    expectThat(
      notes.some((note) => row.told!.test(note)),
      `the next session was told ${JSON.stringify(notes)}`,
    );
  }
  const count = sessions.length;
  switch (row.response) {
    case 'goes on':
      expectThat(/- \[x\]/u.test(played.boxes), 'the step is not ticked');
      expectThat(count === (row.outcome === 'completed' ? 1 : 2), `it took ${count} sessions`);
      break;
    case 'asks':
    case 'waits':
      expectThat(count === 1, `it started ${count} sessions`);
      break;
    case 'gives up':
      expectThat(count === 5, `it gave up after ${count} sessions`);
      break;
    default:
      row.response satisfies never;
  }
  return breaches;
}

const exitCodesOf: Readonly<Record<Response, readonly number[]>> = {
  'goes on': [0],
  asks: [1],
  waits: [130],
  'gives up': [1],
};
