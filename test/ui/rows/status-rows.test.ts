import { describe, expect, test } from 'vitest';
import { layoutFor, withStatusRows } from '../../../source/ui/view/layout.ts';
import { screenRows } from '../../../source/ui/screen.ts';
import type { TaskState } from '../../../source/core/task/state.ts';
import { textWidth } from '../../../source/ui/look/text-width.ts';
import { rowText } from '../../../source/ui/rows/row.ts';
import { board, drawn, now, screen, state, task, tasks, view } from '../sample.ts';

const reason =
  'Codex cannot read /home/somebody/with/a/long/name/.codex/config.toml (line 7): fix it; the task retries within 5 min, or press c';

function drawnWith(size: '80×24' | '120×40' | '40×12', word: TaskState['word']): string {
  const shop = task('shop', { state: state(word, { reason }), run: 'r1' });
  return drawn(
    screenRows(
      screen(size, {
        board: board({ tasks: [shop, ...tasks] }),
        view: view({ selected: 'shop' }),
        log: null,
      }),
    ),
  );
}

/** The rows between the last hairline and the footer, as one text. */
function statusOf(drawing: string): string {
  const rows = drawing.split('\n').slice(0, -1);
  const line = rows.findLastIndex((row) => row.includes('───'));
  return rows
    .slice(line + 1)
    .map((row) => row.trim())
    .join(' ');
}

describe('the status of the selected task', () => {
  test.each(['80×24', '120×40'] as const)('says whole what needs you: %s', (size) => {
    const drawing = drawnWith(size, 'needs you');
    expect(statusOf(drawing)).toBe(`needs you: ${reason}`);
    expect(drawing).not.toContain('first session writes the task list');
  });

  test.each(['failed', 'waiting'] as const)('says whole why it is %s', (word) => {
    expect(statusOf(drawnWith('80×24', word))).toBe(
      word === 'waiting' ? `waiting: ${reason}` : `failed: ${reason}`,
    );
  });

  test.each(['80×24', '120×40'] as const)(
    'leaves the panes where they are for a notice, which is shown whole over them: %s',
    (size) => {
      const notice = { text: reason, tone: 'problem', until: Infinity } as const;
      const without = drawn(screenRows(screen(size))).split('\n');
      const rows = drawn(screenRows(screen(size, { view: view({ notice }) }))).split('\n');
      expect(statusOf(rows.join('\n'))).toBe(`! ${reason}`);
      const line = rows.findLastIndex((row) => row.includes('───'));
      expect(line).toBe(without.findLastIndex((row) => row.includes('───')) - 1);
      expect(rows.slice(0, line)).toEqual(without.slice(0, line));
      expect(rows.at(-1)).toBe(without.at(-1));
    },
  );

  test('of which half the screen is covered at most by a notice', () => {
    const notice = { text: 'word '.repeat(500), tone: 'plain', until: Infinity } as const;
    for (const size of ['40×10', '40×12', '80×24'] as const) {
      const rows = drawn(screenRows(screen(size, { view: view({ notice }) }))).split('\n');
      const words = rows.filter((row) => row.startsWith(' word'));
      expect(words.length).toBe(Math.floor((rows.length - 1) / 2));
      expect(words.at(-1)).toMatch(/…$/);
    }
  });

  test('takes three rows at most, and no more than there are', () => {
    const rows = drawnWith('40×12', 'needs you').split('\n');
    expect(rows).toHaveLength(12);
    expect(rows.at(-2)).toMatch(/…$/);
  });

  test('of a done task whose branch is ahead says which key merges it', () => {
    const branch = { name: 'autonomous/docs', from: 'main', path: '/worktrees/docs', ahead: 3 };
    const docs = task('docs', { state: state('done'), done: 4, total: 4, branch });
    const shown = screen('80×24', {
      board: board({ tasks: [docs] }),
      view: view({ selected: 'docs' }),
      log: null,
    });
    expect(statusOf(drawn(screenRows(shown)))).toBe(
      'Done: M merges autonomous/docs, 3 commits ahead of main',
    );
  });

  test('of a task without a plan says what it does instead of what it needs', () => {
    const starting = task('shop', { state: state('starting') });
    const rows = screenRows(
      screen('80×24', { board: board({ tasks: [starting] }), view: view({ selected: 'shop' }) }),
    );
    expect(statusOf(drawn(rows))).toBe('Starting: the first session will write the task list');
  });
});

test('more status rows shorten only the panes at the bottom', () => {
  const facts = { focus: 'tasks', taskCount: 4 } as const;
  for (const size of [
    { columns: 120, rows: 40 },
    { columns: 80, rows: 24 },
    { columns: 40, rows: 10 },
  ]) {
    const one = layoutFor(size, facts);
    const three = withStatusRows(one, 3);
    if (one.kind === 'too small' || three.kind === 'too small') throw new Error('It is not.');
    expect(three.statusRows).toBe(3);
    const last = one.log ?? one.tasks;
    expect((three.log ?? three.tasks)?.height).toBe((last?.height ?? 0) - 2);
    if (one.log !== null && one.details !== null) expect(three.tasks).toEqual(one.tasks);
  }
});

test.each([
  [now + 290_000, /fix it; the task retries within 5 min, or press c/],
  [now - 1, /fix it; the task retries within 1 min, or press c/],
  [null, /fix it *$/m],
])('a task that needs you says within how many minutes it retries by itself', (retriesAt, says) => {
  const needing = { ...state('needs you', { reason: 'Codex cannot read it: fix it' }), retriesAt };
  const shown = screen('120×36', {
    board: board({ tasks: [task('shop', { state: needing })] }),
    view: view({ selected: 'shop' }),
    now,
  });
  expect(screenRows(shown).map(rowText).join('\n')).toMatch(says);
});

test('rows of the status are as wide as the screen', () => {
  const shop = task('shop', { state: state('needs you', { reason }) });
  const shown = screen('80×24', {
    board: board({ tasks: [shop] }),
    view: view({ selected: 'shop' }),
    now,
  });
  expect(new Set(screenRows(shown).map((row) => textWidth(rowText(row))))).toEqual(new Set([80]));
});

describe('what happened while the user was away', () => {
  const away = 'While you were away (7h 00m): 14 steps, 1 needs you · W';
  const withAway = (word: TaskState['word']): string => {
    const shop = task('shop', { state: state(word, { reason: 'log in' }), run: 'r1' });
    const seen = board({ tasks: [shop, ...tasks], away });
    return drawn(
      screenRows(screen('120×40', { board: seen, view: view({ selected: 'shop' }), log: null })),
    );
  };

  test('stands in the status area, below what holds the task up', () => {
    expect(statusOf(withAway('running'))).toContain(away);
    expect(statusOf(withAway('needs you'))).toBe(`needs you: log in ${away}`);
  });

  test('covers no task', () => {
    for (const { label } of tasks) expect(withAway('needs you')).toContain(label);
  });
});
