import { expect, test } from 'vitest';
import { clipboardSequence } from '../../source/system/clipboard.ts';

test('the text goes to the clipboard in base64', () => {
  expect(clipboardSequence('é', {})).toBe('\u001B]52;c;w6k=\u0007');
});

test('inside tmux the sequence passes through, with doubled escapes', () => {
  expect(clipboardSequence('a', { TMUX: '/tmp/x' })).toBe(
    '\u001BPtmux;\u001B\u001B]52;c;YQ==\u0007\u001B\\',
  );
});

test('a text that terminals would drop is refused', () => {
  expect(clipboardSequence('x'.repeat(100_000), {})).toBeNull();
});
