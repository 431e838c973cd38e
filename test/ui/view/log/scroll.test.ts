import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../../source/core/log/entry.ts';
import { entryUnderMark } from '../../../../source/ui/view/log/place.ts';
import { movedLog } from '../../../../source/ui/view/log/scroll.ts';
import { followingLog } from '../../../../source/ui/view/log/view.ts';
import type { Move } from '../../../../source/ui/view/move.ts';
import { settledPosition, settledScroll } from '../../../../source/ui/view/log/settled-log.ts';
import {
  logMark,
  logRows,
  rowsAt,
  topPosition,
  type LogPane,
} from '../../../../source/ui/rows/log/log-rows.ts';
import { rowText } from '../../../../source/ui/rows/row.ts';
import { at, command, entry, now, sessionBody } from '../../sample.ts';
import { anyEntries } from '../../arbitrary.ts';

const messages = (count: number): Entry[] =>
  Array.from({ length: count }, (_, n) =>
    entry('12:00:00', { kind: 'message', text: `message ${n}` }),
  );

const tall = entry(
  '12:00:00',
  command('tall', { output: Array.from({ length: 30 }, (_, n) => `row ${n}`).join('\n') }),
);

function pane(entries: readonly Entry[], changes: Partial<LogPane> = {}): LogPane {
  return {
    entries,
    ...followingLog,
    isLive: true,
    width: 40,
    height: 5,
    now,
    animationFrame: 0,
    ...changes,
  };
}

function moved(before: LogPane, ...moves: Move[]): LogPane {
  return moves.reduce((one, move) => ({ ...one, scroll: movedLog(one, move) }), before);
}

const seen = (one: LogPane) => logRows(one).map((row) => rowText(row).trim());

const ten = messages(10);

describe('a log that follows', () => {
  test('shows the end, and new entries as they come', () => {
    expect(seen(pane(ten)).at(-1)).toBe('message 9');
    const more = [...ten, ...messages(1)];
    expect(seen(pane(more))[0]).toBe('message 6');
  });

  test('starts at the top of the window while it is short', () => {
    expect(seen(pane(ten.slice(0, 2)))).toEqual(['message 0', 'message 1', '', '', '']);
  });

  test('says so only while a session is under way', () => {
    expect(logMark(pane(ten)).map(({ text }) => text)).toEqual(['following']);
    expect(logMark(pane(ten, { isLive: false }))).toEqual([]);
  });
});

describe('a jump to a place in the log', () => {
  test('ignores entries that another filter picked', () => {
    const sought = { follow: false, key: '', line: 0, offset: 40, cursor: '', newest: 0 } as const;
    const pickedBy = { kind: 'files', session: null } as const;
    const stale = pane(
      [{ ...entry('12:00:00', { kind: 'message', text: 'x' }), offset: 3, lastOffset: 3 }],
      {
        scroll: sought,
        pickedBy,
      },
    );
    expect(settledPosition(stale).scroll).toBe(sought);
    expect(settledPosition({ ...stale, filter: pickedBy }).scroll).toEqual({ follow: true });
  });
});

test('a jump between two lines of a session leads to the next entry, not back to the heading', () => {
  const heading = { ...entry('12:00:00', sessionBody), offset: 0, lastOffset: 900 };
  const lines = messages(6).map((one, n) => ({ ...one, offset: 100 + 100 * n }));
  const own = lines.map((one) => ({ ...one, lastOffset: one.offset }));
  const scroll = { follow: false, key: '', line: 0, offset: 301, cursor: '', newest: 0 } as const;
  const there = settledPosition(pane([heading, ...own], { scroll })).scroll;
  expect(there).toMatchObject({ cursor: own[3]?.key });
});

describe('when the entries in memory end inside the window but the log goes on', () => {
  const extent = { from: 0, to: 5000, atStart: true, atEnd: false };
  const two = messages(2).map((one, at) => ({ ...one, offset: 100 * at, lastOffset: 100 * at }));
  const [, last] = two;

  test.each(['down', 'page-down'] as const)('%s reads the log around the last entry', (move) => {
    const top = {
      key: two[0]?.key ?? '',
      line: 0,
      offset: 0,
      cursor: last?.key ?? '',
      newest: 100,
    };
    const held = pane(two, { extent, scroll: { follow: false, ...top } });
    expect(movedLog(held, move)).toMatchObject({ follow: false, key: last?.key, offset: 100 });
  });
});

describe('a log that is scrolled back', () => {
  const back = moved(pane(ten), 'up');

  test('has its mark on the last entry but one, and has not moved', () => {
    expect(seen(back)).toEqual(['message 5', 'message 6', 'message 7', '▸message 8', 'message 9']);
  });

  test('does not move when entries come, but counts them', () => {
    const more = { ...back, entries: [...ten, ...messages(3)] };
    expect(seen(more)).toEqual(seen(back));
    expect(logMark(more).map(({ text }) => text)).toEqual(['3 new below']);
    expect(logMark(back).map(({ text }) => text)).toEqual(['scrolled back']);
  });

  test('keeps counting from where it stopped following', () => {
    const more = moved({ ...back, entries: [...ten, ...messages(3)] }, 'up', 'up');
    expect(logMark(more).map(({ text }) => text)).toEqual(['3 new below']);
  });

  test('moves when its mark would leave the window', () => {
    expect(seen(moved(back, 'up', 'up', 'up'))[0]).toBe('▸message 5');
    expect(seen(moved(back, 'up', 'up', 'up', 'up'))[0]).toBe('▸message 4');
  });

  test('moves by pages, with a row of overlap', () => {
    expect(seen(moved(pane(ten), 'page-up'))).toEqual([
      '▸message 1',
      'message 2',
      'message 3',
      'message 4',
      'message 5',
    ]);
    expect(moved(pane(ten), 'page-up', 'page-down').scroll).toEqual({ follow: true });
  });

  test('follows again at its end', () => {
    expect(moved(back, 'down').scroll).toEqual({ follow: true });
    expect(moved(back, 'last').scroll).toEqual({ follow: true });
    expect(moved(pane(ten), 'first', 'page-down', 'page-down').scroll).toEqual({ follow: true });
  });

  test('goes to its first entry', () => {
    expect(seen(moved(back, 'first'))[0]).toBe('▸message 0');
  });

  test('keeps its place when an entry above it is opened', () => {
    const before = moved(pane([tall, ...ten]), 'up');
    const opened = { ...before, opened: new Set([tall.key]) };
    expect(seen(opened)).toEqual(seen(before));
  });

  test('keeps its place when its top entry is gone', () => {
    const top = moved(pane(ten), 'page-up');
    const without = { ...top, entries: ten.filter((one) => one !== ten[1]) };
    const settled = { ...without, scroll: settledScroll(without) };
    expect(seen(settled)[0]).toBe('▸message 2');
  });

  test('follows when the log was truncated before its place', () => {
    const cut = { ...back, entries: [] };
    expect(settledScroll(cut)).toEqual({ follow: true });
  });
});

describe('an entry taller than the window', () => {
  const opened = { opened: new Set([tall.key]) };
  const entries = [...messages(3), tall, ...messages(3)];

  test('scrolls row by row', () => {
    const inside = moved(pane(entries, opened), 'up', 'up', 'up');
    expect(seen(inside).at(-1)).toBe('row 29');
    expect(seen(moved(inside, 'up')).at(-1)).toBe('row 28');
    expect(seen(moved(inside, 'up', 'down')).at(-1)).toBe('row 29');
    const through = moved(inside, ...Array<'up'>(26).fill('up'));
    expect(seen(through)[0]).toMatch(/^▸\$ tall/);
  });

  test('stays the one that Enter opens while it scrolls', () => {
    const inside = moved(pane(entries, opened), 'up', 'up', 'up', 'up', 'up');
    expect(entryUnderMark(inside)).toBe(tall.key);
  });
});

describe('a session', () => {
  const ended = {
    ...sessionBody,
    ended: { at: at('12:03:12'), outcome: 'completed', exitCode: 0 },
    cost: {
      inputTokens: 1_204_000,
      cachedInputTokens: 0,
      outputTokens: 34_100,
      reasoningTokens: 0,
    },
  };

  test('has its end after its last entry', () => {
    const first = entry('12:00:00', ended);
    const log = [first, ...messages(1), entry('12:04:00', { ...sessionBody, session: 5 })];
    expect(seen(pane(log, { width: 64 })).slice(1)).toEqual([
      '12:00:00  message 0',
      '12:03:12  Session 4: completed · 3m 12s · 1.2M in · 34k out',
      expect.stringMatching(/^12:04:00 {2}── session 5 · working ──/),
      '',
    ]);
  });

  test('that is under way has no end', () => {
    const log = [entry('12:00:00', sessionBody), ...messages(1)];
    expect(seen(pane(log)).slice(2)).toEqual(['', '', '']);
  });
});

test('after any keys the window is as full as it can be, and the mark is in it', () => {
  const anyMove = fc.constantFrom<Move>('up', 'down', 'page-up', 'page-down', 'first', 'last');
  fc.assert(
    fc.property(
      anyEntries,
      fc.array(anyMove, { maxLength: 15 }),
      fc.integer({ min: 1, max: 12 }),
      (entries, moves, height) => {
        const end = moved(pane(entries, { height }), ...moves);
        const heights = entries.map((_, index) => rowsAt(end, index).length);
        const sum = (part: number[]) => part.reduce((total, one) => total + one, 0);
        const top = topPosition(end);
        const below = sum(heights.slice(top.index)) - top.line;
        expect(below).toBeGreaterThanOrEqual(Math.min(height, sum(heights)));

        if (end.scroll.follow) return;
        const { cursor } = end.scroll;
        const mark = entries.findIndex(({ key }) => key === cursor);
        const firstRow = sum(heights.slice(top.index, mark)) - top.line;
        expect(mark).toBeGreaterThanOrEqual(top.index);
        expect(firstRow).toBeLessThan(height);
        expect(settledScroll(end)).toBe(end.scroll);
      },
    ),
  );
});

test('moving up from the end to the start passes every entry once, and so does moving down', () => {
  fc.assert(
    fc.property(anyEntries, fc.integer({ min: 1, max: 12 }), (entries, height) => {
      if (entries.length < 2) return;
      const walk = (start: LogPane, move: 'up' | 'down') => {
        const met: string[] = [];
        let one = start;
        for (let step = 0; step < 2000; step++) {
          const mark = entryUnderMark(one) ?? '';
          if (met.at(-1) !== mark) met.push(mark);
          const next = moved(one, move);
          if (JSON.stringify(next.scroll) === JSON.stringify(one.scroll)) break;
          one = next;
        }
        return { met, end: one };
      };
      const keys = entries.map(({ key }) => key);
      const up = walk(pane(entries, { height }), 'up');
      expect(up.met).toEqual(keys.toReversed());
      const down = walk(up.end, 'down');
      expect(down.met).toEqual(keys);
      expect(down.end.scroll).toEqual({ follow: true });
    }),
  );
});
