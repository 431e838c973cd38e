import { expect, test, vi } from 'vitest';
import { parsedObject } from '../../../source/core/json/json.ts';
import { holdsTooManyValues } from '../../../source/core/json/size.ts';

const mebibytes = (piece: string, count: number): string =>
  piece.repeat((count * 2 ** 20) / piece.length);

test.each([
  ['brackets', mebibytes('[', 16)],
  ['objects in objects', mebibytes('{"a":', 16)],
  ['empty objects', `{"a":[${mebibytes('{},', 16)}0]}`],
  ['numbers', `{"a":[${mebibytes('1.5,', 16)}0]}`],
  ['strings', `{"a":[${mebibytes('"ab",', 16)}0]}`],
  ['names', `{${mebibytes('"a":0,', 16)}"b":0}`],
])('a line of 16 MiB full of %s is refused at once, without parsing', (_, line) => {
  // Parsing takes seconds.
  const parse = vi.spyOn(JSON, 'parse');
  try {
    expect(parsedObject(line)).toBeNull();
    expect(parse).not.toHaveBeenCalled();
  } finally {
    parse.mockRestore();
  }
});

test.each([
  ['brackets', '[{,'],
  ['quotes', '\\"'],
  ['backslashes', '\\\\'],
])('a long text of %s is one value', (_, piece) => {
  const line = `{"text":"${mebibytes(piece, 3)}","last":1}`;
  expect(holdsTooManyValues(line)).toBe(false);
  expect(parsedObject(line)).toHaveProperty('last', 1);
});

test('a short line is parsed, whatever it holds', () => {
  expect(parsedObject(`{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}`)).not.toBeNull();
});
