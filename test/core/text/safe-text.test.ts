import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clean } from '../../../source/core/text/clean.ts';
import { safeLine, safeText } from '../../../source/core/text/safe-text.ts';

describe('keptText', () => {
  test('a short text is only cleaned', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 50 }), (text) => {
        expect(safeText(text, 1000)).toBe(clean(text));
      }),
    );
  });

  test('a text that is too long keeps its head and tail', () => {
    expect(safeText('abcdefghij', 4)).toBe('ab\n…\nij');
  });

  test('a surrogate pair that is cut in two leaves no half', () => {
    expect(safeText('a🎉bcdefgh🎉', 3).isWellFormed()).toBe(true);
    expect(safeText('🎉'.repeat(99), 51).isWellFormed()).toBe(true);
  });

  test('cutting a kept text that grew leaves one gap', () => {
    let text = '';
    for (let line = 0; line < 50; line++) text = safeText(`${text}line ${line}\n`, 40);
    expect(text.split('…')).toHaveLength(2);
    expect(text).toMatch(/line 49\n$/);
  });

  test('a secret after the middle of megabytes is masked', () => {
    const key = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789';
    expect(safeText(`${'x '.repeat(1e6)}${key}`, 1000)).not.toContain('ghijkl');
  });
});

test('keptLine returns one line', () => {
  expect(safeLine(' one\ntwo\t\x1b[1mthree ', 100)).toBe('one two three');
  expect(safeLine('x'.repeat(200), 100)).toHaveLength(100);
});

test('a secret that the cut of a line splits is masked, too', () => {
  const key = `sk-proj-${'abcDEF0123'.repeat(8)}`;
  for (let before = 60; before < 100; before++) {
    expect(safeLine(`${'x'.repeat(before)} ${key}`, 100)).not.toContain('abcDEF');
    expect(safeLine(`${'x'.repeat(before)} PASSWORD=hunter2hunter2 and so on`, 100)).not.toContain(
      'hunt',
    );
  }
});

test('a few kept words do not keep their source text in memory', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heldMiB = () => (collect(), process.memoryUsage().heapUsed / 1024 ** 2);
  const before = heldMiB();
  const kept = Array.from({ length: 300 }, (_, index) => {
    const list = `step ${index} of a long list`.padEnd(100_000, 'x');
    return safeLine(list.slice(0, 20), 1000);
  });
  expect(heldMiB() - before).toBeLessThan(10);
  expect(kept).toHaveLength(300);
});
