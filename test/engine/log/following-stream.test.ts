// A log as it grows: what `--log --follow` hands on, and when.

import { expect, test } from 'vitest';
import { entryText } from '../../../source/core/log/entry-text.ts';
import { everything } from '../../../source/core/log/filter.ts';
import { followedEntries } from '../../../source/engine/log/following-stream.ts';
import { createLogTimes } from '../../../source/engine/log/times.ts';
import { systemClock } from '../../../source/system/clock.ts';
import type { LogTail, TailBatch } from '../../../source/system/log/tail.ts';
import {
  commandCompleted,
  commandStarted,
  ended,
  message,
  started,
} from '../../helpers/log-lines.ts';

/** Each batch is what came between two waits; the run has ended before the last one is read. */
async function followed(batches: readonly (readonly object[])[]): Promise<string[][]> {
  let turn = 0;
  let offset = 0;
  const heard: string[][] = batches.map(() => []);
  const tail: Pick<LogTail, 'read'> = {
    read: () => {
      const lines = (batches[turn] ?? []).map((line) => {
        const text = JSON.stringify(line);
        const found = { offset, bytes: text.length, text };
        offset += text.length + 1;
        return found;
      });
      return Promise.resolve({ lines, reset: 'none', atEnd: true } as TailBatch);
    },
  };
  const deps = {
    tail: tail as LogTail,
    project: '/p',
    times: createLogTimes({ clock: systemClock, readTimes: () => Promise.resolve('') }),
    isUnderway: () => Promise.resolve(turn < batches.length - 1),
    wait: () => {
      turn++;
      return Promise.resolve();
    },
  };
  for await (const entry of followedEntries(deps, everything)) {
    heard[turn]?.push(entryText(entry).split('\n')[0] ?? '');
  }
  return heard;
}

const at = (minute: number): { at: string } => ({
  at: new Date(Date.UTC(2026, 0, 29, 2, minute)).toISOString(),
});

test('an entry is handed on once, when it is complete, and a session at both of its ends', async () => {
  const heard = await followed([
    [started(1, at(0)), message('Hello'), commandStarted('item_1', 'npm test')],
    [message('Meanwhile')],
    [commandCompleted('item_1', { command: 'npm test', exit_code: 1, status: 'failed' })],
    [ended(1, at(5))],
  ]);
  expect(heard).toEqual([
    ['session 1, working', 'Hello'],
    ['Meanwhile'],
    ['$ npm test'],
    ['session 1, working, completed, 5m 00s'],
  ]);
});

test('what was still running when the run ended is handed on at the end', async () => {
  const heard = await followed([[commandStarted('item_1', 'sleep 9')], []]);
  expect(heard).toEqual([[], ['$ sleep 9']]);
});
