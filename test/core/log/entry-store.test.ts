import { describe, expect, test } from 'vitest';
import {
  bodiesOf,
  entriesOf,
  commandCompleted,
  commandStarted,
  message,
  textsOf,
} from '../../helpers/log-lines.ts';
import { bigLine } from '../../helpers/recordings.ts';

describe('bounds', () => {
  test('too many entries lose the oldest, which are counted', () => {
    const lines = Array.from({ length: 25 }, (_, index) => message(`m${index}`));
    const entries = entriesOf(lines, { limit: 10 });
    expect(entries.list().map(({ body }) => body.kind === 'message' && body.text)).toEqual(
      lines.slice(15).map(({ item }) => item.text),
    );
    expect(entries.dropped()).toBe(15);
  });

  test('an output that is too long keeps its head and tail', () => {
    const aggregated_output = `head\n${'x'.repeat(100_000)}\ntail`;
    const [body] = bodiesOf([commandCompleted('item_0', { aggregated_output })], {
      maxOutput: 1000,
    });
    const output = body?.kind === 'command' ? body.output : '';
    expect(output).toMatch(/^head\n.*\n…\n.*\ntail$/s);
    expect(output.length).toBeLessThanOrEqual(1003);
  });

  test('a line of more than 1 MiB leaves no more than the limit', () => {
    const [body] = bodiesOf([bigLine()]);
    expect(body?.kind === 'command' && body.output.length).toBeLessThanOrEqual(64 * 1024 + 3);
  });

  test('all entries together stay within the size limit', () => {
    const lines = Array.from({ length: 100 }, () => message('x'.repeat(1000)));
    const texts = entriesOf(lines, { maxSize: 10_000 }).list().flatMap(textsOf);
    const size = texts.join('').length;
    expect(size).toBeGreaterThan(9000);
    expect(size).toBeLessThan(10_500);
  });

  test('an entry that changes after it was dropped comes back at the end', () => {
    const lines = [
      commandStarted('item_0'),
      ...Array.from({ length: 5 }, () => message('m')),
      commandCompleted('item_0'),
    ];
    const entries = entriesOf(lines, { limit: 3 });
    expect(entries.list().map(({ body }) => body.kind)).toEqual(['message', 'message', 'command']);
  });
});
