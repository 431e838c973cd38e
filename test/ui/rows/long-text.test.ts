// Lazy lists have the same items as arrays that are made at once.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joined, lazyList, mapped } from '../../../source/ui/rows/lazy-list.ts';
import { wrappedLazily } from '../../../source/ui/rows/long-text.ts';
import { wrapRanges } from '../../../source/ui/look/text-wrap.ts';

const anyText = fc
  .array(fc.oneof(fc.string({ maxLength: 60 }), fc.constantFrom('', '日本語 のテスト', 'a\tb')))
  .map((lines) => lines.join('\n'));

test('a text that is wrapped lazily has the same lines as one that is wrapped at once', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 30 }), fc.nat(), (text, width, from) => {
      const atOnce = wrapRanges(text, width);
      const lazily = wrappedLazily(text, width);
      expect(lazily).toHaveLength(atOnce.length);
      expect(lazily.slice(0)).toEqual(atOnce);
      const at = from % (atOnce.length + 2);
      expect(lazily.slice(at, at + 3)).toEqual(atOnce.slice(at, at + 3));
    }),
  );
});

test('mapped and joined lists have the same items as arrays', () => {
  const lazy = lazyList(3, (index) => index);
  const both = joined(
    mapped(lazy, (item) => item * 10),
    [7, 8],
  );
  expect(both).toHaveLength(5);
  expect(both.slice(0)).toEqual([0, 10, 20, 7, 8]);
  expect(both.slice(2, 4)).toEqual([20, 7]);
  expect(both.slice(4, 9)).toEqual([8]);
});

test('only the items of a slice are made', () => {
  const made: number[] = [];
  const list = mapped(
    lazyList(1_000_000, (index) => index),
    (item) => made.push(item),
  );
  list.slice(500_000, 500_003);
  expect(made).toEqual([500_000, 500_001, 500_002]);
});
