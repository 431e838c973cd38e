// The terminal gets back the modes that it had, and another program that has it is not disturbed.

import { expect, test } from 'vitest';
import { terminalModes } from '../../../source/ui/terminal/terminal-modes.ts';

function writing(focus: 'on' | 'off'): {
  modes: ReturnType<typeof terminalModes>;
  taken: () => string;
} {
  let bytes = '';
  return {
    modes: terminalModes((more) => (bytes += more), focus),
    taken: () => {
      const all = bytes;
      bytes = '';
      return all;
    },
  };
}

test('reports of the focus are on as long as the terminal is ours', () => {
  const { modes, taken } = writing('on');
  expect(taken()).toBe('');
  modes.takeBack();
  expect(taken()).toBe('\u001B[?1004h');
  modes.release();
  expect(taken()).toBe('\u001B[?1004l');
  modes.takeBack();
  expect(taken()).toBe('\u001B[?1004h');
});

test('they stay off where nothing is told', () => {
  const { modes, taken } = writing('off');
  modes.takeBack();
  modes.release();
  expect(taken()).toBe('');
});

test('nothing is told while another program has the terminal', () => {
  const { modes, taken } = writing('off');
  modes.takeBack();
  modes.tell('\u0007');
  expect(taken()).toBe('\u0007');
  modes.release();
  modes.tell('\u0007');
  expect(taken()).toBe('');
});
