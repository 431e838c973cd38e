import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  editedField,
  emptyField,
  fieldEditFor,
  fieldWith,
  type FieldEdit,
  type FieldLimits,
  type TextField,
} from '../../../source/ui/dialog/text-field.ts';
import { clustersOf } from '../../../source/ui/look/text-width.ts';
import { dirtyText } from '../arbitrary.ts';

const many: FieldLimits = { maxLength: 1000, lines: 'many' };

/** `|` is the cursor. */
function field(picture: string): TextField {
  return { text: picture.replace('|', ''), cursor: picture.indexOf('|') };
}

function picture({ text, cursor }: TextField): string {
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

test.each<[string, string, FieldEdit, string]>([
  ['typed text goes before the cursor', 'ac|', { type: 'insert', text: 'b' }, 'acb|'],
  ['text can be typed in the middle', 'a|c', { type: 'insert', text: 'b' }, 'ab|c'],
  ['Backspace deletes the character before the cursor', 'ab|c', { type: 'backspace' }, 'a|c'],
  ['Backspace at the start deletes nothing', '|abc', { type: 'backspace' }, '|abc'],
  ['one Backspace deletes one character as a reader sees it', 'a👍🏽|', { type: 'backspace' }, 'a|'],
  ['Backspace deletes a letter with its accent', 'ne\u0301|', { type: 'backspace' }, 'n|'],
  ['Delete deletes the character after the cursor', 'a|🇩🇪c', { type: 'delete' }, 'a|c'],
  ['Left moves over a whole character', '日本|', { type: 'left' }, '日|本'],
  ['Right moves over a whole character', '|🇩🇪🇫🇷', { type: 'right' }, '🇩🇪|🇫🇷'],
  ['Home goes to the start of the line', 'one\ntwo|', { type: 'home' }, 'one\n|two'],
  ['End goes to the end of the line', 'o|ne\ntwo', { type: 'end' }, 'one|\ntwo'],
  ['Up goes to the line above', 'one\ntwo|', { type: 'line-up' }, '|one\ntwo'],
  ['Down goes to the line below', 'one|\ntwo', { type: 'line-down' }, 'one\ntwo|'],
  ['Ctrl-U cuts to the start of the line', 'one\ntwo|x', { type: 'cut-to-start' }, 'one\n|x'],
  ['Ctrl-K cuts to the end of the line', 'on|e\ntwo', { type: 'cut-to-end' }, 'on|\ntwo'],
  ['Ctrl-W cuts a word and the spaces after it', 'one two  |', { type: 'cut-word' }, 'one |'],
  ['Ctrl-W at the start of a line joins the lines', 'one\n|two', { type: 'cut-word' }, 'one|two'],
])('%s', (_law, before, edit, after) => {
  expect(picture(editedField(field(before), edit, many))).toBe(after);
});

describe('a paste', () => {
  const pasted = (text: string, limits = many) =>
    editedField(emptyField, { type: 'insert', text }, limits).text;

  test('keeps its lines in a field of several lines', () => {
    expect(pasted('one\r\ntwo')).toBe('one\ntwo');
  });

  test('becomes one line in a field of one line', () => {
    expect(pasted('one\r\n  two', { maxLength: 64, lines: 'one' })).toBe('one two');
  });

  test('loses its control sequences', () => {
    expect(pasted('a\x1b[2J\x1b]52;c;AAAA\x07b\0c')).toBe('abc');
  });

  test('ends where the field is full, without splitting a character', () => {
    expect(pasted('abc😀', { maxLength: 4, lines: 'many' })).toBe('abc');
  });

  test('can be a megabyte', () => {
    const whole = editedField(
      emptyField,
      { type: 'insert', text: '日本語 and more\n'.repeat(80_000) },
      { maxLength: 1_000_000, lines: 'many' },
    );
    expect(whole.text).toHaveLength(1_000_000);
    const shorter = editedField(whole, { type: 'backspace' }, many);
    expect(shorter.text).toHaveLength(999_999);
  });
});

test('the cursor is never inside a character, whatever is typed', () => {
  const edit: fc.Arbitrary<FieldEdit> = fc.oneof(
    fc.record({ type: fc.constant('insert'), text: dirtyText }),
    fc.record({
      type: fc.constantFrom(
        'backspace',
        'delete',
        'left',
        'right',
        'home',
        'end',
        'line-up',
        'line-down',
        'cut-to-start',
        'cut-to-end',
        'cut-word',
      ),
    }),
  );
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 20 }), (edits) => {
      let written = fieldWith('start');
      for (const one of edits) written = editedField(written, one, many);
      const ends = new Set([0]);
      let at = 0;
      for (const cluster of clustersOf(written.text)) ends.add((at += cluster.text.length));
      expect(ends).toContain(written.cursor);
    }),
  );
});

test('a key that inserts text is an insertion, and a key that does not edit is none', () => {
  expect(fieldEditFor({ name: 'p', text: 'p' })).toEqual({ type: 'insert', text: 'p' });
  expect(fieldEditFor({ name: 'ctrl-a', text: null })).toEqual({ type: 'home' });
  expect(fieldEditFor({ name: 'pageup', text: null })).toBeNull();
});
