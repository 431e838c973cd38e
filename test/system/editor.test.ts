// The user's editor: scripts in its place, each on a real copy of the text.

import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { editText, forgetEdited } from '../../source/system/editor.ts';

let directory = '';
const isTTY = process.stdin.isTTY;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'editor-'));
  process.stdin.isTTY = true;
});

afterEach(async () => {
  process.stdin.isTTY = isTTY;
  await rm(directory, { recursive: true, force: true });
});

async function edited(script: string, words = '') {
  const editor = join(directory, 'my editor');
  await writeFile(editor, `#!/bin/sh\n${script}\n`);
  await chmod(editor, 0o755);
  const path = join(directory, 'edited', 'task_list.md');
  const environment = { EDITOR: `${editor.replaceAll(' ', '\\ ')} ${words}` };
  return { path, answer: await editText(path, '- [ ] one\n', { environment, maxBytes: 1000 }) };
}

test('gets its own arguments, then the file, and what it leaves is the answer', async () => {
  const { answer, path } = await edited('printf "%s\\n" "$1 $2" >> "$3"', '--wait -n');
  expect(answer).toEqual({ text: '- [ ] one\n--wait -n\n', path });
});

test.each([
  ['fails', 'exit 1', 'ended with exit code 1'],
  ['fails after it has written', 'echo lost >> "$1"; exit 1', 'ended with exit code 1'],
  [
    'leaves a binary file',
    'printf "a\\0b" > "$1"',
    'The editor left no text, or one that is too long',
  ],
  ['leaves bytes that are no text', 'printf "\\377\\376" > "$1"', 'The editor left no text'],
  [
    'writes too much',
    'head -c 2000 /dev/zero | tr "\\0" x > "$1"',
    'The editor left no text, or one that is too long',
  ],
  ['removes the file', 'rm "$1"', 'The editor left no text'],
])('that %s is named in one sentence, and nothing is lost', async (_what, script, problem) => {
  const { answer, path } = await edited(script);
  expect(answer).toMatchObject({ problem: expect.stringContaining(problem) as string });
  if (!('kept' in answer)) throw new Error('it was taken');
  expect(answer.kept).toBe(script === 'exit 1' ? null : path);
  if (script.includes('lost')) expect(await readFile(path, 'utf8')).toContain('lost');
});

test('a text that was not taken stays as it is, however often the user edits again', async () => {
  const first = await edited('echo mine >> "$1"; exit 1');
  const second = await edited('echo again >> "$1"');
  const third = await edited('echo more >> "$1"');
  const paths = [first, second, third].map(({ answer }) =>
    'kept' in answer ? answer.kept : answer.path,
  );
  const [one = '', two = '', three = ''] = paths.map((path) => path ?? '');
  expect([one, two, three].map((path) => basename(path))).toEqual([
    ...['task_list.md', 'task_list.2.md', 'task_list.3.md'],
  ]);
  await forgetEdited(two);
  expect(await readFile(one, 'utf8')).toBe('- [ ] one\nmine\n');
  expect(await readFile(three, 'utf8')).toBe('- [ ] one\nmore\n');
  const { answer } = await edited('true');
  expect(answer).toMatchObject({ path: two });
});

test('that is missing is named', async () => {
  const path = join(directory, 'task_list.md');
  const environment = { VISUAL: '/nowhere/editor', EDITOR: 'vi' };
  expect(await editText(path, 'x', { environment, maxBytes: 1000 })).toEqual({
    problem: 'There is no editor /nowhere/editor: set VISUAL or EDITOR',
    kept: null,
  });
});
