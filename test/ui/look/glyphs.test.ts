// The characters that the program draws, held against the characters that DejaVu Sans Mono has: a terminal without
// fallback fonts shows a box for any other.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { spinnerFrames } from '../../../source/ui/look/glyphs.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** As `fc-query --format %{charset}` prints it: ranges in hexadecimal. */
const ranges = readFileSync(join(root, 'test/fixtures/dejavu-sans-mono.txt'), 'utf8')
  .trim()
  .split(/\s+/)
  .map((range) => range.split('-').map((code) => parseInt(code, 16)));

const isInFont = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return ranges.some(([first = 0, last = first]) => code >= first && code <= last);
};

/** Terminals draw braille themselves or have it in a fallback font; the `ℹ` is the contract's. */
const exceptions = new Set([...spinnerFrames.join(''), 'ℹ']);

/** Words of providers and of goals, which are read and never drawn by us. */
const isHan = (character: string): boolean => /[\p{Script=Han}。]/u.test(character);

test('DejaVu Sans Mono has every character in the source, but for the spinner', () => {
  const missing = readdirSync(join(root, 'source'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .flatMap((path) =>
      [...readFileSync(join(root, 'source', path), 'utf8')]
        .filter((one) => one > '~' && !isInFont(one) && !exceptions.has(one) && !isHan(one))
        .map((one) => `${path}: ${one}`),
    );
  expect(missing).toEqual([]);
});
