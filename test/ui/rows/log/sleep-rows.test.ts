import { expect, test } from 'vitest';
import type { Entry } from '../../../../source/core/log/entry.ts';
import { followingLog } from '../../../../source/ui/view/log/view.ts';
import { rowsAt, type LogPane } from '../../../../source/ui/rows/log/log-rows.ts';
import { rowText } from '../../../../source/ui/rows/row.ts';
import { at, entry, now } from '../../sample.ts';

const message = (time: string, text: string): Entry => entry(time, { kind: 'message', text });
const sleep = { at: at('11:40:00'), ms: (3 * 60 + 12) * 60_000 };

function drawn(entries: readonly Entry[]): string[] {
  const pane: LogPane = {
    ...followingLog,
    ...{ entries, sleeps: [sleep], isLive: true, width: 60, height: 20, now, animationFrame: 0 },
  };
  return entries.flatMap((_, index) =>
    rowsAt(pane, index)
      .slice(0)
      .map((row) => rowText(row).trimEnd()),
  );
}

const before = message('08:27:00', 'before it slept');
const behind = message('11:41:00', 'awake again');

test('a sleep of the machine is drawn between the entries before and after it', () => {
  expect(drawn([before, behind])).toEqual([
    ' 08:27:00  before it slept',
    ' 11:40:00  ── the machine slept 3h 12m ──',
    ' 11:41:00  awake again',
  ]);
});

test('a sleep is drawn at the end if no entry came after it', () => {
  expect(drawn([before])).toEqual([
    ' 08:27:00  before it slept',
    ' 11:40:00  ── the machine slept 3h 12m ──',
  ]);
});

test('a sleep is not drawn if the entry before it is unknown', () => {
  expect(drawn([behind])).toEqual([' 11:41:00  awake again']);
});
