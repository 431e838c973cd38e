// Whether a new task gets a worktree: the form offers it in a repository, and asks where others work in the same files.

import { describe, expect, test } from 'vitest';
import type { TaskView } from '../../../source/core/task/board.ts';
import type { WorktreeSetting } from '../../../source/system/configuration.ts';
import { pressed, type KeyDeps } from '../../../source/screen/commands/carry-out.ts';
import { commands } from '../../../source/screen/commands/command-table.ts';
import { createViewStore } from '../../../source/screen/view-store.ts';
import { board, drawn, now, state, task } from '../../ui/sample.ts';
import { screenRows } from '../../../source/ui/screen.ts';
import { darkTheme } from '../../../source/ui/look/theme.ts';

const branch = { name: 'autonomous/docs', from: 'main', path: '/worktrees/docs', ahead: 1 };
const running = (name: string, more: Partial<TaskView> = {}): TaskView =>
  task(name, { state: state('running'), ...more });

function form(setting: WorktreeSetting | null, ...tasks: readonly TaskView[]) {
  const scene = {
    board: board({ tasks }),
    log: null,
    details: null,
    changes: null,
    size: { columns: 100, rows: 24 },
    now,
    animationFrame: 0,
  };
  const store = createViewStore({ selected: null, own: { commands }, scene });
  const started: object[] = [];
  let hasCommit = true;
  const unused = () => Promise.resolve({ ok: true } as const);
  const deps: KeyDeps = {
    store,
    clock: { now: () => now, monotonic: () => now },
    commands,
    codex: {
      pause: unused,
      pauseAfterSession: unused,
      continueTask: unused,
      resumeLast: unused,
      start: (what) => {
        started.push(what);
        return unused();
      },
    },
    sandbox: 'workspace-write',
    worktree: () => (hasCommit ? setting : null),
    quit: () => {},
  };
  const press = (name: string): void =>
    pressed(deps, { name, text: name === 'space' ? ' ' : name.length === 1 ? name : null });
  const open = (): void => {
    press('n');
    for (const letter of 'Sell') press(letter);
  };
  open();
  const screen = (): string =>
    drawn(screenRows({ ...store.scene(), view: store.view(), theme: darkTheme }));
  const setHasCommit = (has: boolean): void => {
    hasCommit = has;
  };
  return { press, started, screen, setHasCommit };
}

const sell = {
  task: 'sell',
  description: 'Sell',
  sandbox: 'workspace-write',
  after: null,
  planOnly: false,
};

describe('the form for a new task', () => {
  test('asks once, where another task works in the same files; Space chooses a worktree', () => {
    const { press, started, screen } = form('ask', running('docs'), task('idle'));
    expect(screen()).toContain('Worktree       none');
    press('return');
    expect(started).toEqual([]);
    expect(screen()).toContain('docs works in the same files. Space: own worktree');
    press('space');
    expect(screen()).toContain('Worktree       of its own');
    press('return');
    expect(started).toEqual([{ ...sell, worktree: true }]);
  });

  test('takes the second Enter for no', () => {
    const { press, started } = form('ask', running('docs'), running('shop'));
    press('return');
    press('return');
    expect(started).toEqual([{ ...sell, worktree: false }]);
  });

  test.each<[string, WorktreeSetting, TaskView, boolean]>([
    ['nobody works', 'ask', task('idle'), false],
    ['the other has a worktree', 'ask', running('docs', { branch }), false],
    ['the setting says never', 'never', running('docs'), false],
    ['the setting says always', 'always', running('docs'), true],
  ])('does not ask where %s', (_why, setting, other, worktree) => {
    const { press, started } = form(setting, other);
    press('return');
    expect(started).toEqual([{ ...sell, worktree }]);
  });

  test('does not ask whoever has chosen, and Tab comes by the choice', () => {
    const { press, started } = form('ask', running('docs'));
    for (const key of ['tab', 'tab', 'tab', 'space', 'space', 'return']) press(key);
    expect(started).toEqual([{ ...sell, worktree: false }]);
  });

  test('offers nothing where there can be no worktree', () => {
    const { press, started, screen } = form(null, running('docs'));
    expect(screen()).not.toContain('Worktree');
    press('return');
    expect(started).toEqual([sell]);
  });

  test('offers what the task comes after, of those that are not done, and a look at its plan', () => {
    const done = task('old', { state: state('done') });
    const { press, started, screen } = form('ask', running('docs'), task('shop'), done);
    expect(screen()).toContain('After          no other task');
    expect(screen()).toContain('Plan           work on it at once');
    for (const key of ['tab', 'tab', 'tab', 'tab', 'space']) press(key);
    expect(screen()).toContain('After          docs');
    press('tab');
    press('space');
    expect(screen()).toContain('Plan           wait until I have looked at it');
    press('return');
    // It does not ask about the task that is waited for.
    const ordered = { ...sell, worktree: false, after: 'docs', planOnly: true };
    expect(started).toEqual([ordered]);
  });

  test('goes round the tasks, and back to none', () => {
    const { press, screen } = form(null, task('docs'), task('shop'));
    for (const key of ['tab', 'tab', 'tab']) press(key);
    const seen: string[] = [];
    for (const key of ['space', 'space', 'space', 'left']) {
      press(key);
      seen.push(/After +(.+?) {2,}/u.exec(screen())?.[1] ?? '');
    }
    expect(seen).toEqual(['docs', 'shop', 'no other task', 'shop']);
  });

  test('has nothing to come after where every task is done', () => {
    expect(form(null, task('old', { state: state('done') })).screen()).not.toContain('After');
  });

  test('looks at each opening whether there can be one, with a draft, too', () => {
    const { press, started, screen, setHasCommit } = form('always');
    press('escape');
    setHasCommit(false);
    press('n');
    expect(screen()).toContain('Sell');
    expect(screen()).not.toContain('Worktree');
    press('escape');
    setHasCommit(true);
    press('n');
    expect(screen()).toContain('Worktree       of its own');
    press('return');
    expect(started).toEqual([{ ...sell, worktree: true }]);
  });
});

describe('the settings that are used less', () => {
  test('are one row of the form, and a row each when it is opened', () => {
    const { press, started, screen } = form(null);
    press('shift-tab');
    expect(screen()).toMatch(/More {11}model, profile, sessions, .*Space: show/);
    press('space');
    expect(screen()).toMatch(/Model +as configured/);
    expect(screen()).toMatch(/Hours +at any time/);
    for (const letter of 'o9') press(letter);
    for (let count = 0; count < 2; count++) press('tab');
    press('3');
    press('return');
    expect(started).toEqual([{ ...sell, given: { model: 'o9', maxSessions: 3 } }]);
  });

  test('start nothing with a wrong value: the form says which', () => {
    const { press, started, screen } = form(null);
    press('shift-tab');
    press('space');
    for (let count = 0; count < 2; count++) press('tab');
    press('x');
    press('return');
    expect(started).toEqual([]);
    expect(screen()).toContain('Sessions takes');
    press('backspace');
    press('return');
    expect(started).toEqual([sell]);
  });

  test('that are set are counted in a draft that is folded again', () => {
    const { press, screen } = form(null);
    press('shift-tab');
    press('space');
    for (const letter of 'o9') press(letter);
    press('escape');
    press('n');
    expect(screen()).toMatch(/More {11}1 set: model/);
  });
});
