import { beforeEach, expect, test } from 'vitest';
import type { ChangesSnapshot } from '../../../../source/core/changes/changes.ts';
import { matcherFor } from '../../../../source/core/search/query.ts';
import { commands } from '../../../../source/screen/commands/command-table.ts';
import type { ChangesAction } from '../../../../source/ui/view/changes/actions.ts';
import type { ChangesView } from '../../../../source/ui/view/changes/view.ts';
import type { Move } from '../../../../source/ui/view/move.ts';
import type { Scene } from '../../../../source/ui/view/panes.ts';
import { reduceView } from '../../../../source/ui/view/reducer.ts';
import { initialView, type View } from '../../../../source/ui/view/state.ts';
import { changesOf } from '../../sample-changes.ts';
import { board, now, tasks } from '../../sample.ts';
import type { ViewAction } from '../../../../source/ui/view/view-action.ts';

const task = 'build-rest-api-todo';
let view: View;
let scene: Scene;

beforeEach(() => {
  scene = {
    board: board({ tasks }),
    log: null,
    changes: changesOf(task),
    size: { columns: 120, rows: 30 },
    now,
    animationFrame: 0,
  };
  view = initialView({ commands }, task);
  act({ type: 'scene-changed' });
  act({ type: 'focused', pane: 'details' });
  act({ type: 'changes-opened', range: { kind: 'task' } });
});

function act(action: ViewAction): void {
  view = reduceView(view, action, scene);
}
const onPage = (action: ChangesAction): void => act({ type: 'changes', action });
const move = (...moves: Move[]): void => moves.forEach((one) => act({ type: 'moved', move: one }));
const page = (): ChangesView => {
  if (view.changes === null) throw new Error('the page is closed');
  return view.changes;
};
const read = (more: Partial<ChangesSnapshot>): void => {
  scene = { ...scene, changes: changesOf(task, more) };
  act({ type: 'scene-changed' });
};
const patch = (total: number | null, from = 0, held = total ?? 100) => ({
  path: 'src/handlers/list-todos.ts',
  from,
  lines: Array.from({ length: held }, (_, at) => ({
    kind: 'same' as const,
    text: `line ${from + at}`,
    number: from + at + 1,
  })),
  total,
  problem: null,
});

test('the page has the keys until it is closed, and gives them back to where they were', () => {
  expect(view.focus).toBe('changes');
  act({ type: 'changes-closed' });
  expect([view.focus, view.changes]).toEqual(['details', null]);
});

test('another task closes the page', () => {
  act({ type: 'selected', task: 'refactor-auth' });
  expect([view.focus, view.changes]).toEqual(['tasks', null]);
});

test('in the files a move selects another one, and its lines begin at the first', () => {
  move('down');
  expect(page().path).toBe('src/pagination/cursor.ts');
  move('last', 'down');
  expect(page().path).toBe('src/auth.ts');
  move('first', 'up');
  expect(page().path).toBe('src/handlers/list-todos.ts');
});

test('in the lines a move goes from line to line, and no further than was read', () => {
  act({ type: 'pane-changed' });
  read({ patch: patch(null) });
  move('down', 'down', 'up');
  expect(page().line).toBe(1);
  move('last');
  expect(page().line).toBe(Infinity);
  read({ patch: patch(5000, 4000, 1000) });
  expect(page().line).toBe(4999);
  move('up', 'page-up');
  expect(page().line).toBe(4998 - 24);
  move('page-down', 'page-down');
  expect(page().line).toBe(4999);
});

test('a range keeps the selected file, and can be left before it is read', () => {
  move('down');
  onPage({ type: 'range-moved', by: 1 });
  expect(page().range).toEqual({ kind: 'task' });
  onPage({ type: 'range-moved', by: -1 });
  onPage({ type: 'range-moved', by: -1 });
  expect(page()).toMatchObject({
    range: { kind: 'session', session: 4 },
    path: 'src/pagination/cursor.ts',
  });
  onPage({ type: 'range-moved', by: 1 });
  expect(page().range).toEqual({ kind: 'since' });
});

test('a sought file is opened as soon as the files are read; if it is not there, a notice says so', () => {
  const range = { kind: 'session', session: 4 } as const;
  act({ type: 'changes-opened', range, sought: 'src/auth.ts' });
  expect(page().sought).toBe('src/auth.ts');
  read({ range });
  expect(page()).toMatchObject({ path: 'src/auth.ts', at: 'lines', sought: null });
  act({ type: 'changes-opened', range, sought: 'src/same.ts' });
  expect(page().sought).toBe(null);
  expect(view.notice?.text).toBe('src/same.ts is the same before and after session 4 so far');
});

test('a search goes to where it leads, says when it began anew, and Esc goes back', () => {
  const query = { text: 'line', form: 'plain' } as const;
  const matcher = matcherFor(query);
  if ('problem' in matcher) throw new Error(matcher.problem);
  read({ patch: patch(100) });
  act({ type: 'pane-changed' });
  move('down');
  const answer = (line: number | null, wrapped = false): void => {
    const seek = page().search?.seek;
    if (seek === undefined) throw new Error('nothing is searched for');
    read({ patch: patch(100), found: { seek, line, wrapped } });
  };
  onPage({ type: 'searched', query, matcher, stage: 'typing' });
  expect(page().search?.seek).toMatchObject({ from: 1, by: 0 });
  answer(7);
  expect(page()).toMatchObject({ line: 7, search: { at: 7, state: 'found' } });
  onPage({ type: 'search-cancelled' });
  expect(page()).toMatchObject({ line: 1, search: null });

  onPage({ type: 'searched', query, matcher, stage: 'typing' });
  answer(7);
  onPage({ type: 'searched', query, matcher, stage: 'done' });
  onPage({ type: 'match-moved', by: -1 });
  expect(page().search?.seek).toMatchObject({ from: 7, by: -1 });
  // An answer to the question before counts no more.
  answer(99, true);
  expect(page()).toMatchObject({ line: 99, search: { at: 99, state: 'wrapped' } });
  onPage({ type: 'match-moved', by: 1 });
  answer(null);
  expect(page()).toMatchObject({ line: 99, search: { state: 'none' } });
  onPage({ type: 'cleared' });
  expect(page().search).toBe(null);
});
