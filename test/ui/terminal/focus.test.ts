// Reports of the focus are taken out of the input, and decide whether the user is there.

import { describe, expect, test } from 'vitest';
import { createTerminalFocus } from '../../../source/ui/terminal/focus.ts';

const [gained, lost] = ['\u001B[I', '\u001B[O'];

function focusAt(): {
  focus: ReturnType<typeof createTerminalFocus>;
  read: (...chunks: string[]) => string[];
  turn: (ms: number) => void;
} {
  let now = 0;
  const focus = createTerminalFocus(() => now);
  return {
    focus,
    read: (...chunks) => chunks.map((chunk) => focus.withoutReports(chunk)),
    turn: (ms) => {
      now += ms;
    },
  };
}

test('a terminal that reports its focus has it until it reports that it is lost', () => {
  const { focus, read, turn } = focusAt();
  read(gained);
  turn(3_600_000);
  expect(focus.isFocused()).toBe(true);
  read(lost);
  expect(focus.isFocused()).toBe(false);
  // Keys typed before are read after it at times.
  read('j');
  expect(focus.isFocused()).toBe(false);
});

test('a terminal that reports nothing has it for half a minute after a key, and after the start', () => {
  const { focus, read, turn } = focusAt();
  expect(focus.isFocused()).toBe(true);
  turn(30_000);
  expect(focus.isFocused()).toBe(false);
  read('j');
  expect(focus.isFocused()).toBe(true);
  turn(30_000);
  expect(focus.isFocused()).toBe(false);
});

describe('no report becomes a key', () => {
  test.each([
    [[gained], ['']],
    [[`j${lost}k${gained}`], ['jk']],
    // What was passed on already is a key at worst; the rest of the report is none.
    [
      ['\u001B', '[I'],
      ['\u001B', ''],
    ],
    [
      ['\u001B[', 'Oj'],
      ['\u001B[', 'j'],
    ],
    [
      ['\u001B', '[', 'I'],
      ['\u001B', '[', ''],
    ],
    [[`\u001B${lost}`], ['\u001B']],
    [
      ['\u001B', gained],
      ['\u001B', ''],
    ],
  ])('%j', (chunks, expected) => {
    expect(focusAt().read(...chunks)).toEqual(expected);
  });

  test('and no key becomes a report: it takes longer to press the next', () => {
    const { focus, read, turn } = focusAt();
    read(lost, '\u001B');
    turn(20);
    expect(read('[I')).toEqual(['[I']);
    expect(focus.isFocused()).toBe(false);
    expect(read('\u001BOA', '\u001B[A')).toEqual(['\u001BOA', '\u001B[A']);
  });
});
