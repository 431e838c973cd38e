import { describe, expect, test } from 'vitest';
import type { KeyContext } from '../../../source/ui/keys/command.ts';
import { commandFor, commands } from '../../../source/ui/keys/keymap.ts';
import { withOwnKeys, type OwnKeys } from '../../../source/ui/keys/own-keys.ts';
import { task } from '../sample.ts';

const idFor = (name: string, keys: OwnKeys, focus: KeyContext['focus'] = 'tasks') =>
  commandFor(
    { name, text: name },
    { task: task('a'), focus, dialog: null, commands: withOwnKeys(commands, keys).commands },
  )?.id ?? null;

const problems = (keys: OwnKeys) => withOwnKeys(commands, keys).problems;

describe('a key of one’s own', () => {
  test('means what the person says, and the old one nothing', () => {
    expect([idFor('K', { pause: 'K' }), idFor('p', { pause: 'K' })]).toEqual(['pause', null]);
    expect(problems({ pause: 'K' })).toEqual([]);
  });

  test('can be one of several, by name or by character', () => {
    const keys = { pause: ['K', 'ctrl-o', 'space'] };
    expect(['K', 'ctrl-o', ' '].map((name) => idFor(name, keys))).toEqual([
      'pause',
      'pause',
      'pause',
    ]);
  });

  test('is taken from the command that had it, and that is said where it was its only one', () => {
    expect(idFor('z', { pause: 'z' })).toBe('pause');
    expect(problems({ pause: 'z' })).toEqual([
      'zoom has no key any more: it is among all commands',
    ]);
    expect(problems({ pause: 'j' })).toEqual([]);
    expect(idFor('down', { pause: 'j' })).toBe('down');
  });

  test('is not taken from a command of another pane', () => {
    expect(idFor('return', { 'open-task': 'o' }, 'log')).toBe('open-entry');
    expect(idFor(' ', { 'open-entry': 'space' })).toBe('mark');
  });

  test('that is given twice is the first one’s, and that is said', () => {
    const keys = { pause: 'K', zoom: 'K' };
    expect(idFor('K', keys)).toBe('pause');
    expect(problems(keys)).toContain('K is pause, and not zoom as well');
  });

  test('can’t be Ctrl-C, nor what is no key, nor for what is no command', () => {
    expect(problems({ pause: 'ctrl-c' })).toEqual(['pause: ctrl-c is no key']);
    expect(problems({ pause: 'f99' })).toEqual(['pause: f99 is no key']);
    expect(problems({ 'form-start': 'x', nothing: 'y' })).toEqual([
      'There is no command form-start',
      'There is no command nothing',
    ]);
    expect(idFor('p', { pause: 'f99' })).toBe('pause');
  });
});
