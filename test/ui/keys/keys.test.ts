import type { Key as InkKey } from 'ink';
import { expect, test } from 'vitest';
import { keyLabel, keysFrom } from '../../../source/ui/keys/keys.ts';

const none: InkKey = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};

test.each<[string, string, Partial<InkKey>, string[]]>([
  ['a letter is its own key', 'p', {}, ['p']],
  ['a capital is another key', 'P', { shift: true }, ['P']],
  ['fast typing is several keys', 'jjj', {}, ['j', 'j', 'j']],
  ['Enter may come together with earlier keys', 'j\r', {}, ['j', 'return']],
  ['a pasted line feed is not Enter', 'a\nb', {}, ['a', 'ctrl-j', 'b']],
  ['a lone line feed is Ctrl-J', '\n', {}, ['ctrl-j']],
  [
    'control characters among letters are keys',
    'q\x03\t\x7f',
    {},
    ['q', 'ctrl-c', 'tab', 'backspace'],
  ],
  ['a character of several code points is one key', 'é👍🏽', {}, ['é', '👍🏽']],
  ['Ctrl-C', 'c', { ctrl: true }, ['ctrl-c']],
  ['Alt with a letter', 'b', { meta: true }, ['alt-b']],
  ['an arrow', '', { upArrow: true }, ['up']],
  ['Shift-Tab', '', { tab: true, shift: true }, ['shift-tab']],
  ['Alt-Enter', '\r', { return: true, meta: true }, ['alt-return']],
  ['Esc pressed twice is still Esc', '', { escape: true, meta: true }, ['escape']],
  ['releasing a key is ignored', 'p', { eventType: 'release' }, []],
  ['an unknown escape sequence is ignored', '[1;99X', {}, []],
  ['a function key is ignored', '', {}, []],
])('%s', (_law, input, key, names) => {
  expect(keysFrom(input, { ...none, ...key }).map(({ name }) => name)).toEqual(names);
});

test('only keys that insert text have a text', () => {
  const [letter, space, enter] = keysFrom('p \r', none);
  expect([letter?.text, space?.text, enter?.text]).toEqual(['p', ' ', null]);
});

test.each([
  ['return', 'Enter'],
  ['ctrl-c', 'Ctrl-C'],
  ['alt-return', 'Alt-Enter'],
  ['pageup', 'PgUp'],
  ['up', '↑'],
  ['P', 'P'],
])('%s is shown as %s', (name, label) => {
  expect(keyLabel(name)).toBe(label);
});
