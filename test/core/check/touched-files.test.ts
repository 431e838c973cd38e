import { expect, test } from 'vitest';
import { touchedFiles, type FileDifference } from '../../../source/core/check/touched-files.ts';

const changed = (path: string, kind: FileDifference['kind'] = 'changed'): FileDifference => ({
  path,
  from: null,
  kind,
});

test.each([
  ['npm test', 'test/todo.test.ts'],
  ['npm test', 'src/todo.spec.tsx'],
  ['npm test', 'src/__tests__/todo.js'],
  ['npm test', 'src/__snapshots__/todo.snap'],
  ['npm test', 'package.json'],
  ['npx vitest run', 'vitest.config.ts'],
  ['pytest -q', 'tests/test_todo.py'],
  ['pytest -q', 'conftest.py'],
  ['pytest -q', 'pyproject.toml'],
  ['go test ./...', 'todo_test.go'],
  ['cargo test', 'tests/todo.rs'],
  ['mvn verify', 'src/main/TodoTest.java'],
  ['make check', 'Makefile'],
  ['./scripts/check.sh --all', 'scripts/check.sh'],
  ['sh check.sh && true', 'check.sh'],
])('%s depends on %s', (command, path) => {
  expect(touchedFiles([changed(path)], { command })).toEqual([`${path} (changed)`]);
});

test.each([
  ['npm test', 'src/todo.ts'],
  ['npm test', 'README.md'],
  ['npm test', 'Makefile'],
  ['npm test', 'src/contest.ts'],
  ['npm test', 'latest/notes.md'],
  ['./scripts/check.sh', 'scripts/other.sh'],
])('%s does not depend on %s', (command, path) => {
  expect(touchedFiles([changed(path)], { command })).toEqual([]);
});

test('new tests are not named; deleted and renamed ones are', () => {
  const files = [
    changed('test/new.test.ts', 'added'),
    changed('test/gone.test.ts', 'deleted'),
    { path: 'src/other.ts', from: 'test/old.test.ts', kind: 'renamed' } as const,
  ];
  expect(touchedFiles(files, { command: 'npm test' })).toEqual([
    'test/gone.test.ts (deleted)',
    'test/old.test.ts (now src/other.ts)',
  ]);
});

test('of many, twenty are named, safe to print', () => {
  const many = Array.from({ length: 30 }, (_, index) => changed(`test/\u001B[31m${index}.ts`));
  const named = touchedFiles(many, { command: 'npm test' });
  expect(named).toHaveLength(21);
  expect(named.at(-1)).toBe('and 10 more');
  expect(named.join('')).not.toContain('\u001B');
});
