import { describe, expect, test } from 'vitest';
import type { TaskView } from '../../../source/core/task/board.ts';
import { commands } from '../../../source/screen/commands/command-table.ts';
import type { KeyContext } from '../../../source/ui/keys/command.ts';
import { footerRow } from '../../../source/ui/rows/footer-rows.ts';
import { hairline } from '../../../source/ui/rows/hairline.ts';
import { headerParts, rowOfParts } from '../../../source/ui/rows/header-rows.ts';
import { logTitle } from '../../../source/ui/rows/log/log-title.ts';
import { plain, rowText, run } from '../../../source/ui/rows/row.ts';
import { statusRows } from '../../../source/ui/rows/status-rows.ts';
import { at, board, now, state, task } from '../sample.ts';

const shop = task('shop', { state: state('running'), total: 3 });

describe('the header', () => {
  const header = (width: number, project = '~/shop') =>
    rowText(
      rowOfParts(
        headerParts({ board: board({ project }), width, now, animationFrame: 0, form: 'full' }),
      ),
    );

  test('leaves out whole parts that do not fit, the least important first', () => {
    expect(header(82)).toContain('1 needs you · ⠋ 1 running · 1 waiting · 1 paused  12:04');
    expect(header(66)).toContain('1 needs you · ⠋ 1 running  12:04');
    expect(header(30)).toMatch(/^ autonomous-tui .*12:04 $/);
  });

  test('says how much of the account is used, where there is room', () => {
    const used = (usedPercent: number, width: number): string =>
      rowText(
        rowOfParts(
          headerParts({
            board: board({ usage: { usedPercent, windowMinutes: 300, resetsAt: now + 3_600_000 } }),
            width,
            now,
            animationFrame: 0,
            form: 'full',
          }),
        ),
      );
    expect(used(62.9, 120)).toContain('62% used · 13:04    12:04');
    expect(used(62, 99)).not.toContain('% used');
  });

  test('keeps the end of a long path', () => {
    expect(header(80, '~/clients/acme/2026/projects/shop')).toMatch(
      /^ autonomous-tui {2}….*projects\/shop {2}/,
    );
  });
});

describe('the footer', () => {
  const footer = (width: number, changes: Partial<KeyContext> = {}) =>
    rowText(
      footerRow({ task: shop, focus: 'tasks', dialog: null, ...changes, commands }, width),
    ).trimEnd();

  test('shows the keys that can be used now', () => {
    expect(footer(200)).toBe(
      ' p pause  Enter open  > tell  n new  P pause after session  Tab next pane  : commands  d changes  , settings  Space mark  / find  f filter  s steps  ? help  q quit, tasks keep running',
    );
    expect(footer(200, { task: { ...shop, state: state('paused') } })).toMatch(
      /^ c continue {2}r resume-last {2}Enter open {2}> tell {2}n new {2}/,
    );
    expect(footer(200, { task: null })).toBe(
      ' n new  : commands  / find  f filter  ? help  q quit, tasks keep running',
    );
  });

  test('always shows the keys for help and quit', () => {
    expect(footer(40)).toBe(' p pause  Enter open  ? help  q quit');
    expect(footer(20)).toBe(' ? help  q quit');
  });

  test('shows first the key that merges a branch that is ready, and else not', () => {
    const branch = { name: 'autonomous/shop', from: 'main', path: '/worktrees/shop', ahead: 3 };
    const done = task('shop', { state: state('done'), done: 3, total: 3, branch });
    expect(footer(60, { task: done })).toMatch(/^ M merge {2}Enter open /);
    for (const focus of ['tasks', 'log', 'details'] as const) {
      expect(footer(60, { task: done, focus })).toMatch(/^ M merge /);
    }
    for (const other of [
      { ...done, state: state('idle') },
      { ...done, state: state('running'), run: 'r1' },
      { ...done, branch: null },
      { ...done, branch: { ...branch, ahead: 0 } },
      { ...done, branch: { ...branch, ahead: null } },
    ]) {
      expect(footer(400, { task: other })).not.toContain('merge');
    }
  });

  test('shows the way to the conversation on the pages of a task that is not done', () => {
    const own = { ...shop, threadId: 'x' };
    for (const focus of ['log', 'details'] as const) {
      expect(footer(120, { task: own, focus, page: 'about' })).toContain('> tell  T take over');
      expect(footer(120, { task: { ...own, state: state('done') }, focus })).not.toContain(
        'T take',
      );
      expect(footer(120, { task: { ...own, threadId: null }, focus })).not.toContain('T take');
    }
    expect(footer(200, { task: own })).not.toContain('T take over');
  });

  test('shows how the plan is changed on its page, and what can be taken back on the About page', () => {
    expect(footer(120, { focus: 'details', page: 'steps' })).toMatch(
      /> tell {2}a add step {2}E edit step {2}- skip/,
    );
    const waiting = { id: 'g', text: 'Use tabs' } as never;
    expect(footer(80, { focus: 'details', page: 'about', waiting })).toContain('u take back');
    expect(footer(400, { focus: 'details', page: 'about' })).not.toMatch(/take back|add step/);
  });

  test('shows the key of the report while there is news, and else not', () => {
    expect(footer(80, { hasNews: true })).toMatch(/^ W while away {2}p pause /);
    expect(footer(400)).not.toContain('W while');
  });

  test('says when a key undoes what it did', () => {
    const pausing = { ...shop, pausesAfterSession: true };
    expect(footer(120, { task: pausing })).toContain('P cancel pause');
  });
});

describe('the status', () => {
  const status = (
    changes: Parameters<typeof task>[1],
    boardChanges: Parameters<typeof board>[0] = {},
  ) =>
    statusRows(
      {
        board: board(boardChanges),
        task: task('shop', changes),
        notice: null,
        width: 100,
        now,
        says: 'next step',
      },
      1,
    )
      .map(rowText)
      .join('')
      .trim();

  test('shows the next step', () => {
    const nextStep = { number: 2, text: 'Add pagination' };
    expect(status({ total: 3, nextStep })).toBe('Next: Add pagination');
    expect(status({ total: 3, done: 3 })).toBe('All 3 steps are done');
    expect(status({ total: 1, done: 1 })).toBe('The only step is done');
    expect(status({ hasList: true })).toBe('The task list has no steps');
    expect(status({})).toBe('Not planned yet: the first session writes the task list');
    expect(status({ state: state('running') })).toBe(
      'Planning: the first session is writing the task list',
    );
  });

  test('shows a problem instead, the project’s before the task’s', () => {
    const problem = 'task_list.md cannot be read';
    expect(status({ problem })).toBe(`! ${problem}`);
    expect(status({ problem }, { problem: 'The disk is full' })).toBe('! The disk is full');
  });

  test('says how to rename a task whose name is not valid', () => {
    expect(status({ valid: false, mend: "mv 'my task' my-task" })).toBe(
      "To use it, rename it: mv 'my task' my-task",
    );
  });

  test('shows the cost, and the cost per step after a few steps', () => {
    const usage = {
      inputTokens: 1_200_000,
      cachedInputTokens: 0,
      outputTokens: 34_000,
      reasoningTokens: 0,
    };
    expect(status({ total: 9, done: 2, usage })).toBe('1.2M in · 34k out');
    expect(status({ total: 9, done: 3, usage })).toBe('1.2M in · 34k out · 411k per step');
  });
});

describe('the title of a log', () => {
  const title = (which: TaskView, width = 80) =>
    logTitle({ task: which, width, now, style: plain })
      .map(({ text }) => text)
      .join('');
  const running = task('shop', {
    state: state('running'),
    session: { number: 4, role: 'executor', startedAt: at('12:00:00'), endedAt: null },
  });

  test('shows the state of the task and its session', () => {
    expect(title(running)).toBe('shop · session 4 · working · 4m 27s');
    expect(title({ ...running, state: state('paused') })).toBe(
      'shop · paused · session 4 · working',
    );
    expect(title({ ...running, sandbox: 'danger-full-access' })).toBe(
      'shop · full access · session 4 · working · 4m 27s',
    );
  });

  test('leaves out whole parts, the last ones first', () => {
    expect(title(running, 30)).toBe('shop · session 4 · working');
    expect(title(running, 3)).toBe('sh…');
  });
});

describe('a hairline', () => {
  test('has a title at the left and a mark at the right', () => {
    const line = hairline({ width: 30, title: [run('Tasks')], mark: [run('following')] });
    expect(rowText(line)).toBe('─ Tasks ───────── following ──');
  });

  test('cuts and then drops its title, and last its mark', () => {
    const title = [run('a very long title')];
    const mark = [run('following')];
    expect(rowText(hairline({ width: 26, title, mark }))).toBe('─ a very l… ─ following ──');
    expect(rowText(hairline({ width: 18, title, mark }))).toBe('───── following ──');
    expect(rowText(hairline({ width: 6, title, mark }))).toBe('──────');
  });
});
