import { createInputParser } from '../../../node_modules/ink/build/input-parser.js';
import { expect, test } from 'vitest';
import { createPasteGuard } from '../../../source/ui/terminal/paste-guard.ts';

const paste = '\u001B[200~qQ\u0003\u001B[201~';

/** Ink's events for the reads, with a stopped clock. */
function eventsOf(...chunks: readonly string[]): unknown[] {
  const guarded = createPasteGuard(() => 0);
  const parser = createInputParser();
  return chunks.flatMap((chunk) => parser.push(guarded(chunk)) as unknown[]);
}

test.each([
  ['in one read', ['\u001B' + paste]],
  ['in two reads', ['\u001B', paste]],
  ['after other keys', ['jj\u001B', paste]],
  ['after two Esc', ['\u001B\u001B' + paste]],
])('a paste right after Esc is a paste, %s', (_how, chunks) => {
  const events = eventsOf(...chunks);
  expect(events.at(-1)).toEqual({ paste: 'qQ\u0003' });
  expect(events.filter((event) => event === 'q')).toEqual([]);
  expect(events.some((event) => event === '\u001B\u001B' || event === '\u001B')).toBe(true);
});

test('an Esc that Ink has already read as a key is not doubled', () => {
  let time = 0;
  const guarded = createPasteGuard(() => time);
  expect(guarded('\u001B')).toBe('\u001B');
  time = 20;
  expect(guarded(paste)).toBe(paste);
});

test('nothing else is changed', () => {
  for (const chunk of ['j', '\u001B[A', '\u001B\u001B[A', paste, 'jj\u001B', '\u001B[<0;9']) {
    expect(createPasteGuard(() => 0)(chunk)).toBe(chunk);
  }
});
