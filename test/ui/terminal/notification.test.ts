// The bytes that ask a terminal to notify the user.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TerminalNotices } from '../../../source/core/notify/events.ts';
import {
  noticeBytes,
  noticeForm,
  noticeFormWords,
} from '../../../source/ui/terminal/notification.ts';

const notice = { title: 'shop needs you', body: 'Codex is not logged in - ~/shop' };

const osc9 = '\u001B]9;shop needs you: Codex is not logged in - ~/shop\u0007';
const osc777 = '\u001B]777;notify;shop needs you;Codex is not logged in - ~/shop\u0007';
const osc99 =
  '\u001B]99;i=7-1:d=0:o=unfocused:p=title;shop needs you\u001B\\' +
  '\u001B]99;i=7-1:d=1:o=unfocused:p=body;Codex is not logged in - ~/shop\u001B\\';

function bytes(environment: Record<string, string>): string {
  const form = noticeForm('auto', environment);
  return form === null ? '' : noticeBytes(form, notice, '7-1');
}

describe('outside of tmux the terminal says what it is', () => {
  test.each([
    [{ TERM_PROGRAM: 'iTerm.app' }, osc9],
    [{ TERM: 'xterm-256color', LC_TERMINAL: 'iTerm2' }, osc9],
    [{ TERM_PROGRAM: 'WezTerm' }, osc9],
    [{ TERM_PROGRAM: 'ghostty' }, osc9],
    [{ TERM: 'xterm-ghostty' }, osc9],
    [{ TERM: 'xterm-kitty' }, osc99],
    [{ TERM: 'foot' }, osc777],
    [{ TERM: 'foot-extra' }, osc777],
    // It knows the sequence only with an extension.
    [{ TERM: 'rxvt-unicode-256color' }, `${osc777}\u0007`],
    [{ TERM: 'xterm-256color' }, '\u0007'],
    // Started from kitty, they have its variable.
    [{ TERM: 'xterm-256color', TERM_PROGRAM: 'vscode', KITTY_WINDOW_ID: '1' }, '\u0007'],
    [{ TERM: 'screen', STY: '1.pts', TERM_PROGRAM: 'WezTerm' }, '\u0007'],
    [{}, '\u0007'],
  ])('%j', (environment, expected) => {
    expect(bytes(environment)).toBe(expected);
  });
});

describe('inside tmux the sequence passes through, and the bell rings as well', () => {
  const inside = { TMUX: '/tmp/tmux', TERM: 'tmux-256color', TERM_PROGRAM: 'tmux' };
  const passed = (sequence: string): string =>
    `\u001BPtmux;${sequence.replaceAll('\u001B', '\u001B\u001B')}\u001B\\\u0007`;

  test.each([
    [{ ...inside, WEZTERM_PANE: '0' }, passed(osc9)],
    [{ ...inside, GHOSTTY_RESOURCES_DIR: '/usr/share/ghostty' }, passed(osc9)],
    [{ ...inside, KITTY_WINDOW_ID: '1' }, passed(osc99)],
    [inside, '\u0007'],
  ])('%j', (environment, expected) => {
    expect(bytes(environment)).toBe(expected);
  });
});

test('the user chooses the form, or none', () => {
  expect(noticeForm('off', { TERM: 'xterm-kitty' })).toBeNull();
  const chosen = (['bell', 'osc9', 'osc99', 'osc777'] as const).map((setting) => {
    const form = noticeForm(setting, { TERM: 'xterm-kitty' });
    return form && noticeBytes(form, notice, '7-1');
  });
  expect(chosen).toEqual(['\u0007', osc9, osc99, osc777]);
  const form = noticeForm('osc99', { TMUX: '/tmp/tmux' });
  expect(form && noticeFormWords(form)).toBe('OSC 99, and the bell');
});

test('no text ends its sequence early, or begins another part of it', () => {
  const one = /^\u001B\]9;[^;\p{Cc}]*\u0007$/u;
  const three = /^\u001B\]777;notify;[^;\p{Cc}]*;[^;\p{Cc}]*\u0007$/u;
  const parts = /^(?:\u001B\]99;[\w.+:=-]*;[^;\p{Cc}]*\u001B\\){2}$/u;
  const unit = fc.constantFrom(
    'a',
    '漢',
    ';',
    '\n',
    '\\',
    ']',
    '\u0007',
    '\u001B',
    '\u009C',
    '\u202E',
  );
  const text = fc.string({ unit, maxLength: 60 });
  fc.assert(
    fc.property(text, text, fc.string(), (title, body, id) => {
      const bytesOf = (setting: TerminalNotices): string => {
        const form = noticeForm(setting, {});
        return form === null ? '' : noticeBytes(form, { title, body }, id);
      };
      expect(bytesOf('osc9')).toMatch(one);
      expect(bytesOf('osc777')).toMatch(three);
      expect(bytesOf('osc99')).toMatch(parts);
    }),
  );
});
