// The page "What it changed" as literal drawings.

import { describe, expect, test } from 'vitest';
import type { ChangesSnapshot } from '../../source/core/changes/changes.ts';
import { screenRows } from '../../source/ui/screen.ts';
import { openedChanges, type ChangesView } from '../../source/ui/view/changes/view.ts';
import { changedFile, changesOf } from './sample-changes.ts';
import { drawn, now, screen, view } from './sample.ts';

const task = 'build-rest-api-todo';

function drawing(
  size: Parameters<typeof screen>[0],
  page: Partial<ChangesView> = {},
  snapshot: Partial<ChangesSnapshot> = {},
): string {
  const range = page.range ?? { kind: 'task' };
  const opened = openedChanges({ task, visit: now, range, cameFrom: 'tasks' });
  const state = {
    changes: changesOf(task, { range, ...snapshot }),
    view: view({ focus: 'changes', changes: { ...opened, ...page } }),
  };
  return drawn(screenRows(screen(size, state)));
}

describe('what a task changed', () => {
  test('has the files beside the lines where there is room', () => {
    expect(drawing('120×40', { at: 'lines', line: 2 })).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop              1 needs you · ⠙ 1 running · 1 waiting · 1 paused · 1 not planned · 1 done    12:04
      ─ What it changed · the whole task · build-rest-api-todo ───────────────────────────────── 6 files  +43 −45 counting… ──
       ▸ src/handlers/list-todos.ts       +12 −3 │─ src/handlers/list-todos.ts  +12 −3 ───────────────────────────────────────
         src/pagination/cursor.ts        new +30 │        @@ -7,4 +7,5 @@ export function listTodos(query: Query): Page {
         src/old-offset.ts           deleted −41 │    7   export function listTodos(query: Query): Page {
         src/todo.ts from src/todos.ts   renamed │▸   8 -     const offset = Number(query['offset'] ?? 0);
         …-with-pagination.png  new binary 12 kB │    8 +     const cursor = cursorFrom(query['cursor']);
         src/auth.ts   maybe refactor-auth +1 −1 │    9 +     // 日本語 todos are sorted by their id.
                                                 │   10       return page(cursor);
                                                 │        No newline at end of file
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
                                                 │
       Next: Add pagination                                                                 1.2M in · 34k out · 103k per step
       [ earlier  ] later  / search lines  y copy hunk  p pause  n new  P pause after session  Esc files  ? help  q quit"
    `);
  });
  test('has them above where there is less', () => {
    expect(drawing('80×24', { range: { kind: 'session', session: 4 } })).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop            1 needs you · ⠙ 1 running · 1 waiting  12:04
      ─ What it changed · session 4 so far ───────────── 6 files  +43 −45 counting… ──
       ▸ src/handlers/list-todos.ts                                            +12 −3
         src/pagination/cursor.ts                                             new +30
         src/old-offset.ts                                                deleted −41
         src/todo.ts from src/todos.ts                                        renamed
         docs/screens/list-of-todos-with-pagination.png              new binary 12 kB
         src/auth.ts                                        maybe refactor-auth +1 −1
      ─ src/handlers/list-todos.ts  +12 −3 ───────────────────────────────────────────
              @@ -7,4 +7,5 @@ export function listTodos(query: Query): Page {
          7   export function listTodos(query: Query): Page {
          8 -     const offset = Number(query['offset'] ?? 0);
          8 +     const cursor = cursorFrom(query['cursor']);
          9 +     // 日本語 todos are sorted by their id.
         10       return page(cursor);
              No newline at end of file






       Next: Add pagination                         1.2M in · 34k out · 103k per step
       Enter lines  [ earlier  ] later  / search lines  Esc back  ? help  q quit"
    `);
  });
  test('has one of both where there is little', () => {
    expect(drawing('40×10', { range: { kind: 'since' } })).toMatchInlineSnapshot(`
      " 1 needs you · ⠙ 1 running        12:04
      ─ since you last looked, at 11:00 ──────
       ▸ src/handlers/list-todos.ts    +12 −3
         src/pagination/cursor.ts     new +30
         src/old-offset.ts        deleted −41
         …c/todo.ts from …/todos.ts   renamed
         …th-pagination.png  new binary 12 kB
         …/auth.ts  maybe refactor-auth +1 −1

       Enter lines  Esc back  ? help  q quit"
    `);
    expect(drawing('40×10', { at: 'lines', column: 16 })).toMatchInlineSnapshot(`
      " 1 needs you · ⠙ 1 running        12:04
      ─ the whole task ───────────────────────
      ─ src/handlers/list-todos.ts  +12 −3 ───
      ▸       export function listTodos(query:
          7   listTodos(query: Query): Page {
          8 -  = Number(query['offset'] ?? 0);
          8 +  = cursorFrom(query['cursor']);
          9 + dos are sorted by their id.
         10   cursor);
       [ earlier  Esc files  ? help  q quit"
    `);
  });
  test('counts the work, as the report does, and not the list and notes of the task', () => {
    const list = changedFile('.autonomous/build-rest-api-todo/task_list.md');
    const lines = { kind: 'lines', added: 5, removed: 2 } as const;
    const { files, counts } = changesOf(task);
    const without = drawing('120×40');
    const withList = drawing(
      '120×40',
      {},
      { files: [...(files ?? []), list], counts: new Map([...counts, [list.path, lines]]) },
    );
    expect(withList.split('\n')[1]).toBe(without.split('\n')[1]);
    expect(withList).toContain('task_list.md');
    const only = drawing('120×40', {}, { files: [list], counts: new Map([[list.path, lines]]) });
    expect(only.split('\n')[1]).toMatch(/ only its list and notes ──$/);
  });
  test('says what to do where there is nothing to compare', () => {
    const problem =
      'The project is not in a git repository, so what a session found was not kept: run git init in it, and the next session can be compared';
    expect(drawing('80×24', {}, { files: null, problem })).toMatchInlineSnapshot(`
      " autonomous-tui  ~/shop            1 needs you · ⠙ 1 running · 1 waiting  12:04
      ─ What it changed · the whole task · build-rest-api-todo ───────────────────────

        ! The project is not in a git repository, so what a session found was not
        kept: run git init in it, and the next session can be compared

















       Next: Add pagination                         1.2M in · 34k out · 103k per step
       Enter lines  [ earlier  ] later  / search lines  Esc back  ? help  q quit"
    `);
  });
});
