import { expect, test } from 'vitest';
import { fieldRows } from '../../../../source/ui/rows/dialog/field-rows.ts';
import { rowText } from '../../../../source/ui/rows/row.ts';

const box = { width: 8, height: 2, isFocused: true };

/** The rows, with `[ ]` around the inverse cell. */
const drawn = (text: string, cursor: number, changes: Partial<typeof box> = {}) =>
  fieldRows({ text, cursor }, { ...box, ...changes }).map((row) =>
    row.map((one) => (one.style.inverse ? `[${one.text}]` : one.text)).join(''),
  );

test('the cursor is an inverse cell, at the end a space', () => {
  expect(drawn('abc', 1)).toEqual(['a[b]c     ']);
  expect(drawn('abc', 3)).toEqual(['abc[ ]    ']);
  expect(drawn('', 0)).toEqual(['[ ]       ']);
});

test('the cursor on a wide character is two cells', () => {
  expect(drawn('日本', 1)).toEqual(['日[本]    ']);
});

test('there is no cursor without the focus', () => {
  expect(drawn('abc', 1, { isFocused: false })).toEqual(['abc     ']);
});

test('a full line keeps a cell for the cursor', () => {
  expect(drawn('abcdefg', 7)).toEqual(['abcdefg[ ]']);
  expect(drawn('abcdefgh', 8)).toEqual(['abcdefg ', 'h[ ]      ']);
});

test('the line with the cursor is always visible in a text that is too tall', () => {
  const text = 'one\ntwo\nthree\nfour';
  expect(drawn(text, text.length)).toEqual(['three   ', 'four[ ]   ']);
  expect(drawn(text, 5)).toEqual(['one     ', 't[w]o     ']);
  expect(drawn(text, 0)[0]).toBe('[o]ne     ');
});

test('every row is exactly as wide as the box', () => {
  for (const row of fieldRows({ text: '日本語 and more', cursor: 3 }, { ...box, height: 9 })) {
    expect(rowText(row).replaceAll(/[日本語]/g, '..')).toHaveLength(8);
  }
});
