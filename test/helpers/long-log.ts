// A log of many sessions, longer than the tail that is read first, and a dashboard that shows it.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pressFor } from './command-keys.ts';
import {
  commandCompleted,
  commandStarted,
  ended,
  error,
  message,
  started,
  threadStarted,
  turnFailed,
} from './log-lines.ts';
import type { Terminal } from './terminal.ts';
import type { EndToEndWorld } from './end-to-end-world.ts';

const sessions = 40;
const wrong = 'Something went wrong in thirty';

function longLog(): object[] {
  return Array.from({ length: sessions }, (_, at) => {
    const number = at + 1;
    return [
      started(number, { at: new Date(Date.UTC(2026, 0, 29, 1, number)).toISOString() }),
      threadStarted(`01a2023d-ceff-78c1-8e86-${String(number).padStart(12, '0')}`),
      ...Array.from({ length: 12 }, (_, item) => [
        commandStarted(`item_${item}`, `make part-${number}-${item}`),
        commandCompleted(`item_${item}`, {
          command: `make part-${number}-${item}`,
          aggregated_output: `${'a line of output\n'.repeat(150)}built ${number}-${item}\nok\nok\nok\n`,
          exit_code: number === 20 && item === 5 ? 3 : 0,
          status: number === 20 && item === 5 ? 'failed' : 'completed',
        }),
        message(`Part ${item} of session ${number} is there`, `item_m${item}`),
      ]).flat(),
      // Codex reports a turn's failure twice.
      ...(number === 30 ? [error(wrong), turnFailed(wrong)] : []),
      ended(number),
    ];
  }).flat();
}

export const logText = (objects: readonly object[]) =>
  objects.map((one) => `${JSON.stringify(one)}\n`).join('');

/** Makes a task `shop` with this log; returns its path. */
export async function writeLongLog(world: EndToEndWorld): Promise<string> {
  const task = await world.prepare('shop');
  const log = join(task.path, 'session.log');
  await writeFile(log, logText(longLog()));
  return log;
}

/** At the end of the log, once all of it is indexed. */
export async function lookingAtLog(world: EndToEndWorld): Promise<Terminal> {
  const dashboard = await world.dashboard();
  await dashboard.waitFor('▸ ○ shop');
  pressFor(dashboard, 'tasks', 'open-task');
  await dashboard.waitFor('Esc back');
  await dashboard.waitFor('Session 40: completed');
  await dashboard.waitUntilGone(/reading \d+%/);
  return dashboard;
}
