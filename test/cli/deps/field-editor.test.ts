// The text of a form in the user's editor: scripts in its place, each on a real file.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fieldEditor } from '../../../source/cli/deps/field-editor.ts';

let root = '';
const { isTTY } = process.stdin;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'field-'));
  process.stdin.isTTY = true;
});
afterEach(() => {
  process.stdin.isTTY = isTTY;
  rmSync(root, { recursive: true });
});

async function edited(script: string, text = 'Sell apples') {
  const editor = join(root, 'editor');
  writeFileSync(editor, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const home = join(root, 'state');
  const taken: string[] = [];
  let lent = 'not yet';
  const problem = await fieldEditor(home, { EDITOR: editor })(
    { name: 'told', text, maxLength: 100, taken: (one) => void taken.push(`${lent}: ${one}`) },
    async (use) => {
      lent = 'lent';
      await use();
      lent = 'back';
    },
  );
  const directory = join(home, 'machine', 'edited');
  return { problem, taken, left: readdirSync(directory), directory };
}

test('what the editor leaves is taken before the terminal is back, and no file stays', async () => {
  const { problem, taken, left } = await edited('printf "and\\tpears\\033[2J\\n\\n" >> "$1"');
  expect({ problem, taken, left }).toEqual({
    problem: null,
    taken: ['lent: Sell apples\nand    pears'],
    left: [],
  });
});

test('only the user can read the file meanwhile', async () => {
  const { taken, directory } = await edited('stat -c %a "$1" > "$1.mode"; cat "$1.mode" > "$1"');
  expect(taken).toEqual(['lent: 600']);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
});

test('an editor that changes nothing leaves the form alone', async () => {
  expect(await edited('true', '  Sell\tapples  ')).toMatchObject({ problem: null, taken: [] });
});

test('an editor that fails leaves the form alone', async () => {
  expect(await edited('exit 3')).toMatchObject({
    problem: 'editor ended with exit code 3, so the form has the text as it was',
    taken: [],
    left: [],
  });
});

test.each([
  ['binary', 'printf "a\\0b" > "$1"', 'The editor left no text, or one that is too long'],
  ['too long', 'seq 60 > "$1"', 'The text has 170 characters, of at most 100'],
  ['far too long', 'seq 600 > "$1"', 'The editor left no text, or one that is too long'],
])(
  'a text that is %s is not taken, and the sentence says where it is',
  async (_what, script, why) => {
    const { problem, taken, left, directory } = await edited(script);
    const path = join(directory, 'told.md');
    expect(problem).toBe(
      `${why}, so the form has the text as it was; what you wrote is in ${path}`,
    );
    expect({ taken, left }).toEqual({ taken: [], left: ['told.md'] });
    expect(readFileSync(path).length).toBeGreaterThan(0);
  },
);
