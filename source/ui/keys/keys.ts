// Keys by name. Ink passes on each read of the terminal as one call, so fast typing arrives together (`jjj`, `j\r`),
// and each character of it is a key. Named keys (arrows, Home) always arrive alone.

import type { Key as InkKey } from 'ink';
import { clustersOf } from '../look/text-width.ts';

export type Key = {
  /** `a`, `P`, `?`, `up`, `pageup`, `return`, `escape`, `shift-tab`, `ctrl-c`, `alt-b` … */
  readonly name: string;
  /** The text that the key inserts; null if it inserts none. */
  readonly text: string | null;
};

/** Ink passes on what it does not know: the rest of an unknown escape sequence arrives as text. */
const unknownSequence = /^(\[[<>?=]?[\d;:]+[A-Za-z~^$]|O\d[\d;]*[A-Za-z])$/;

export function keysFrom(input: string, key: InkKey): Key[] {
  if (key.eventType === 'release') return [];
  const named = namedKey(key);
  if (named !== null) return [{ name: named, text: null }];
  if (key.ctrl) return input === '' ? [] : [{ name: `ctrl-${input.toLowerCase()}`, text: null }];
  if (key.meta) return input === '' ? [] : [{ name: `alt-${input}`, text: null }];
  if (unknownSequence.test(input)) return [];
  return [...clustersOf(input)].map(({ text }) => characterKey(text));
}

const named: readonly [keyof InkKey, string][] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'return'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

function namedKey(key: InkKey): string | null {
  if (key.tab) return key.shift ? 'shift-tab' : 'tab';
  const name = named.find(([property]) => key[property] === true)?.[1];
  if (name === undefined) return null;
  return key.meta && name !== 'escape' ? `alt-${name}` : name;
}

const controlKeys = new Map([
  ['\r', 'return'],
  // A line feed is Ctrl-J; Enter sends a carriage return.
  ['\n', 'ctrl-j'],
  ['\r\n', 'return'],
  ['\t', 'tab'],
  ['\x7f', 'backspace'],
  ['\b', 'backspace'],
  ['\x1b', 'escape'],
]);

function characterKey(character: string): Key {
  const control = controlKeys.get(character);
  if (control !== undefined) return { name: control, text: null };
  const code = character.charCodeAt(0);
  if (code > 0 && code < 27) {
    return { name: `ctrl-${String.fromCharCode(code + 96)}`, text: null };
  }
  return { name: character, text: code < 32 ? null : character };
}

const labels = new Map([
  ['up', '↑'],
  ['down', '↓'],
  ['left', '←'],
  ['right', '→'],
  ['pageup', 'PgUp'],
  ['pagedown', 'PgDn'],
  ['home', 'Home'],
  ['end', 'End'],
  ['return', 'Enter'],
  ['escape', 'Esc'],
  ['tab', 'Tab'],
  ['shift-tab', 'Shift-Tab'],
  [' ', 'Space'],
]);

/** The name of a key as the user sees it: `Enter`, `↑`, `Ctrl-C`. */
export function keyLabel(name: string): string {
  if (name.startsWith('ctrl-')) return `Ctrl-${name.slice(5).toUpperCase()}`;
  if (name.startsWith('alt-')) return `Alt-${keyLabel(name.slice(4))}`;
  return labels.get(name) ?? name;
}
