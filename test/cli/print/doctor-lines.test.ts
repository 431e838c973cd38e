import { expect, test } from 'vitest';
import { doctorJson, findingLine, lastLine } from '../../../source/cli/print/doctor-lines.ts';

const login = {
  name: 'login',
  result: 'stops',
  sentence: 'Codex is not logged in: run codex login',
} as const;
const disk = { name: 'disk', result: 'ok', sentence: '70 GB free' } as const;

const plain = { isColoured: false, columns: null };

test('each finding is a line, its sentence below the others', () => {
  expect(findingLine(login, plain)).toBe(
    '✗ login            Codex is not logged in: run codex login\n',
  );
  expect(findingLine(disk, { ...plain, isColoured: true })).toBe(
    '\u001B[32m✓\u001B[39m disk             70 GB free\n',
  );
  expect(findingLine({ ...disk, sentence: 'a\u001B[31m\nb' }, plain)).toMatch(/ {2}a b\n$/);
});

test('in a terminal, a sentence that is too long goes on below itself', () => {
  expect(findingLine(login, { ...plain, columns: 44 })).toBe(
    '✗ login            Codex is not logged in:\n                   run codex login\n',
  );
});

test('the end says whether a run works', () => {
  expect(lastLine([disk])).toBe('\nNothing here stops a run\n');
  expect(lastLine([login, disk])).toBe('\nNo run works before this is put right: login\n');
});

test('one document of version 1', () => {
  expect(JSON.parse(doctorJson('/shop', [login, disk]))).toEqual({
    version: 1,
    project: '/shop',
    ok: false,
    checks: [login, disk],
  });
  expect(JSON.parse(doctorJson('/shop', [disk]))).toMatchObject({ ok: true });
});
