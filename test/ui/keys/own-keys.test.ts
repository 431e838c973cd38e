import { describe, expect, test } from 'vitest';
import { commands } from '../../../source/screen/commands/command-table.ts';
import type { KeyContext } from '../../../source/ui/keys/command.ts';
import { commandFor } from '../../../source/ui/keys/keymap.ts';
import { withOwnKeys, type OwnKeys } from '../../../source/ui/keys/own-keys.ts';
import { task } from '../sample.ts';

const idFor = (name: string, keys: OwnKeys, focus: KeyContext['focus'] = 'tasks') =>
  commandFor(
    { name, text: name },
    { task: task('a'), focus, dialog: null, commands: withOwnKeys(commands, keys).commands },
  )?.id ?? null;

const problems = (keys: OwnKeys) => withOwnKeys(commands, keys).problems;

describe('the user’s own key', () => {
  test('means the command it was given, and the old key means nothing', () => {
    expect([idFor('Y', { pause: 'Y' }), idFor('p', { pause: 'Y' })]).toEqual(['pause', null]);
    expect(problems({ pause: 'Y' })).toEqual([]);
  });

  test('can be one of several, given by name or by character', () => {
    const keys = { pause: ['Y', 'ctrl-o', 'space'] };
    expect(['Y', 'ctrl-o', ' '].map((name) => idFor(name, keys))).toEqual([
      'pause',
      'pause',
      'pause',
    ]);
  });

  test('is taken from its old command, and reported if that was its only key', () => {
    expect(idFor('z', { pause: 'z' })).toBe('pause');
    expect(problems({ pause: 'z' })).toEqual(['zoom has no key now; find it in all commands']);
    expect(problems({ pause: 'j' })).toEqual([]);
    expect(idFor('down', { pause: 'j' })).toBe('down');
  });

  test('is not taken from a command of another pane', () => {
    expect(idFor('return', { 'open-task': 'o' }, 'log')).toBe('open-entry');
    expect(idFor(' ', { 'open-entry': 'space' })).toBe('mark');
  });

  test('that is given twice belongs to the first command, and that is reported', () => {
    const keys = { pause: 'Y', zoom: 'Y' };
    expect(idFor('Y', keys)).toBe('pause');
    expect(problems(keys)).toContain('Y is already the key for pause, not for zoom');
  });

  test('cannot be Ctrl-C or an unknown key, or belong to an unknown command', () => {
    expect(problems({ pause: 'ctrl-c' })).toEqual(['pause: ctrl-c is not a key']);
    expect(problems({ pause: 'f99' })).toEqual(['pause: f99 is not a key']);
    expect(problems({ 'form-start': 'x', nothing: 'y' })).toEqual([
      'No such command: form-start',
      'No such command: nothing',
    ]);
    expect(idFor('p', { pause: 'f99' })).toBe('pause');
  });
});
