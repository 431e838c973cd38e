// What a task of the tests' drawings changed.

import type { ChangedFile, ChangesSnapshot, PatchLine } from '../../source/core/changes/changes.ts';
import type { FileEntry } from '../../source/core/checkpoint/undo-plan.ts';
import { at, now } from './sample.ts';

const entry = (id: string, mode = '100644'): FileEntry => ({ mode, id });

export function changedFile(path: string, more: Partial<ChangedFile> = {}): ChangedFile {
  return {
    path,
    label: path,
    renamedFrom: null,
    before: entry('1'),
    after: entry('2'),
    meanwhile: null,
    ...more,
  };
}

const line = (kind: PatchLine['kind'], text: string, number: number | null): PatchLine => ({
  kind,
  text,
  number,
});

/** The whole task, of a visit that began `now`. */
export function changesOf(task: string, more: Partial<ChangesSnapshot> = {}): ChangesSnapshot {
  return {
    task,
    visit: now,
    range: { kind: 'task' },
    ranges: [
      { kind: 'session', session: 3 },
      { kind: 'session', session: 4 },
      { kind: 'since' },
      { kind: 'task' },
    ],
    lookedAt: at('11:00:00'),
    sharedWith: null,
    files: [
      changedFile('src/handlers/list-todos.ts'),
      changedFile('src/pagination/cursor.ts', { before: null }),
      changedFile('src/old-offset.ts', { after: null }),
      changedFile('src/todo.ts', { renamedFrom: 'src/todos.ts' }),
      changedFile('docs/screens/list-of-todos-with-pagination.png', { before: null }),
      changedFile('src/auth.ts', { meanwhile: 'refactor-auth' }),
    ],
    isCut: false,
    counts: new Map([
      ['src/handlers/list-todos.ts', { kind: 'lines', added: 12, removed: 3 }],
      ['src/pagination/cursor.ts', { kind: 'lines', added: 30, removed: 0 }],
      ['src/old-offset.ts', { kind: 'lines', added: 0, removed: 41 }],
      [
        'docs/screens/list-of-todos-with-pagination.png',
        { kind: 'binary', before: null, after: 12_345 },
      ],
      ['src/auth.ts', { kind: 'lines', added: 1, removed: 1 }],
    ]),
    patch: {
      path: 'src/handlers/list-todos.ts',
      from: 0,
      lines: [
        line('hunk', '@@ -7,4 +7,5 @@ export function listTodos(query: Query): Page {', null),
        line('same', 'export function listTodos(query: Query): Page {', 7),
        line('removed', "\tconst offset = Number(query['offset'] ?? 0);", 8),
        line('added', "\tconst cursor = cursorFrom(query['cursor']);", 8),
        line('added', '\t// 日本語 todos are sorted by their id.', 9),
        line('same', '\treturn page(cursor);', 10),
        line('note', 'No newline at end of file', null),
      ],
      total: 7,
      problem: null,
    },
    found: null,
    problem: null,
    ...more,
  };
}
