// Archiving, bringing back and deleting by key, on a screen without React.

import { beforeEach, expect, test, vi } from 'vitest';
import type { TaskView } from '../../../source/core/task/board.ts';
import { linearLines } from '../../../source/ui/linear-lines.ts';
import { screenRows } from '../../../source/ui/screen.ts';
import { keysWorld } from '../../helpers/pressed-keys.ts';
import { board, drawn, now, screen, state, task } from '../../ui/sample.ts';

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  return () => void vi.useRealTimers();
});

const shop = task('shop', { state: state('paused'), total: 3 });
const old = task('old', { state: state('failed'), total: 3, archivedAt: 5 });
const older = task('older', { state: state('done'), done: 3, total: 3, archivedAt: 3 });

function world(tasks: readonly TaskView[], selected = 'shop') {
  const asked: string[] = [];
  const verb = (what: string) => (name: string) => {
    asked.push(`${what} ${name}`);
    return Promise.resolve({ ok: true, sentence: `${what} ${name}: done` });
  };
  const keys = keysWorld(tasks, {
    selected,
    ordering: {
      archive: verb('archive'),
      unarchive: verb('unarchive'),
      deletion: () => Promise.resolve({ would: ['Goes: its list', "Stays: the project's files"] }),
      delete: verb('delete'),
    },
  });
  const shown = () => ({
    ...screen('80×24'),
    ...keys.store.scene(),
    size: { columns: 80, rows: 24 },
    log: null,
    view: keys.store.view(),
  });
  return {
    ...keys,
    asked,
    rows: () => drawn(screenRows(shown())),
    lines: () => linearLines(shown()),
  };
}

test('archived tasks are neither shown nor counted; the filter shows them', () => {
  const { press, rows, lines } = world([shop, old, older]);
  expect(rows()).toContain('shop');
  expect(rows()).not.toMatch(/old|failed/);
  expect(lines()).toContain('2 archived');
  press('f', 'f');
  expect(rows()).toMatch(/old\b[^]*older/);
  expect(rows()).toContain(' u bring back  ');
  expect(rows().split('\n').slice(1).join('\n')).not.toContain('shop');
  press('f');
  expect(rows()).toContain('shop');
});

test('a task that was brought back is selected: the next key is about it', async () => {
  const { press, settled, store } = world([shop, old, older]);
  press('u');
  await settled();
  // The disk shows it a moment later.
  const { board: shown, ...scene } = store.scene();
  const tasks = [shop, { ...old, archivedAt: null }, older];
  store.setScene({ ...scene, board: { ...shown, tasks } });
  expect(store.view().selected).toBe('old');
});

test('among the archived tasks, the selection stays with the one that comes back', async () => {
  const { press, settled, store } = world([shop, old, older]);
  const seen = (tasks: readonly TaskView[]) => {
    const { board: shown, ...scene } = store.scene();
    store.setScene({ ...scene, board: { ...shown, tasks } });
    return [store.view().selected, store.view().filter.group];
  };
  press('f', 'f', 'g', 'u');
  await settled();
  expect(seen([shop, { ...old }, older])).toEqual(['old', 'archived']);
  expect(seen([shop, { ...old, archivedAt: null }, older])).toEqual(['old', null]);
  // A user who moves on in the meantime is not called back.
  const other = world([shop, old, older]);
  other.press('f', 'f', 'g', 'u');
  await other.settled();
  other.press('j');
  const { board: shown, ...scene } = other.store.scene();
  const tasks = [shop, { ...old, archivedAt: null }, older];
  other.store.setScene({ ...scene, board: { ...shown, tasks } });
  const { selected, filter } = other.store.view();
  expect([selected, filter.group]).toEqual(['older', 'archived']);
});

test('where all are archived, the screen says how to see them', () => {
  expect(world([old], 'old').rows()).toContain('All tasks are archived.');
});

test('A archives what does not run, u brings the selected one back, else the last', async () => {
  const running = task('busy', { state: state('running'), run: 'r1' });
  const { press, settled, asked, notice } = world([shop, running, old, older]);
  press('A');
  await settled();
  expect([asked, notice()]).toEqual([['archive shop'], 'archive shop: done; u brings it back']);
  press('u');
  await settled();
  expect(asked.at(-1)).toBe('unarchive old');
  // Both of the archived ones are shown by the last filter; the second is selected.
  const other = world([shop, old, older], 'older');
  other.press('f', 'f', 'j', 'u');
  await other.settled();
  expect(other.asked).toEqual(['unarchive older']);
  const busy = world([running], 'busy');
  busy.press('A', 'X');
  await busy.settled();
  expect([busy.asked, busy.notice()]).toEqual([[], 'busy is running: pause it first']);
  const none = world([shop]);
  none.press('u');
  expect(none.notice()).toBe('No task is archived');
});

test('A puts all marked tasks away, and one notice says so', async () => {
  const { press, settled, asked, notice } = world([shop, task('docs')]);
  press('g', ' ', ' ', 'A');
  await settled();
  expect(asked.toSorted()).toEqual(['archive docs', 'archive shop']);
  expect(notice()).toBe('Archived 2 tasks; u brings the last one back');
});

test('X says what goes, and only y deletes', async () => {
  const { press, settled, asked, dialog, rows } = world([shop]);
  press('X');
  await settled();
  expect(rows()).toMatch(/Delete shop\?[^]*Goes: its list[^]*y delete {2}Esc no/);
  press('return');
  await settled();
  expect(dialog()).toMatchObject({ kind: 'confirm' });
  press('escape', 'X');
  await settled();
  press('n');
  expect([dialog(), asked]).toEqual([null, []]);
  press('X');
  await settled();
  press('y');
  await settled();
  expect([dialog(), asked]).toEqual([null, ['delete shop']]);
});

test('tasks are deleted one at a time', () => {
  const { press, notice } = world([shop, task('docs')]);
  press('k', ' ', ' ', 'X');
  expect(notice()).toBe('Tasks are deleted one at a time: Esc unmarks them');
});

test('the dashboard that was opened for an archived task does not look for it for ever', () => {
  const { store } = world([shop, old], 'old');
  store.setScene({ ...store.scene(), board: board({ tasks: [shop, old] }) });
  expect(store.view().selected).toBe('shop');
});
