import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bold,
  cutRuns,
  dim,
  isSameRow,
  justified,
  plain,
  rowOf,
  rowText,
  run,
  runsWidth,
  sliceRow,
} from '../../../source/ui/rows/row.ts';
import { dirtyText } from '../arbitrary.ts';

const anyRuns = fc.array(fc.record({ text: dirtyText, style: fc.constantFrom(plain, dim, bold) }), {
  maxLength: 6,
});
const anyWidth = fc.nat(80);

describe('a row', () => {
  test('is padded or cut to its width', () => {
    expect(rowText(rowOf(6, [run('abc')]))).toBe('abc   ');
    expect(rowText(rowOf(2, [run('abc')]))).toBe('ab');
  });

  test('has a space where its edge would cut a wide character in two', () => {
    expect(rowText(rowOf(3, [run('日本')]))).toBe('日 ');
  });

  test('drops clusters without width, which would join the one before', () => {
    expect(rowText(rowOf(4, [run('a'), run('\u0301b\x07\u200b')]))).toBe('ab  ');
  });

  test('joins runs of one style', () => {
    expect(rowOf(5, [run('ab', dim), run('cd', { dim: true })])).toEqual([
      { text: 'abcd', style: dim },
      { text: ' ', style: plain },
    ]);
  });

  test('is exactly as wide as requested, whatever is in it', () => {
    fc.assert(
      fc.property(anyRuns, anyWidth, (runs, width) => {
        expect(runsWidth(rowOf(width, runs))).toBe(width);
        expect(runsWidth(justified(width, runs, [run('✓ 4.1 s')]))).toBe(width);
      }),
    );
  });
});

describe('the two sides of a row', () => {
  test('keep two cells between them, and the left one is cut', () => {
    const right = [run('✓ 4.1 s')];
    expect(rowText(justified(20, [run('$ npm test')], right))).toBe('$ npm test   ✓ 4.1 s');
    expect(rowText(justified(18, [run('$ npm run build')], right))).toBe('$ npm ru…  ✓ 4.1 s');
  });

  test('are cut with an ellipsis in the style of the cut text', () => {
    expect(cutRuns([run('ab'), run('cdef', dim)], 4)).toEqual([run('ab'), run('c…', dim)]);
  });
});

describe('a slice of a row', () => {
  test('has spaces where it cuts wide characters in two', () => {
    const row = rowOf(6, [run('日本語')]);
    expect(rowText(sliceRow(row, 1, 5))).toBe(' 本 ');
    expect(rowText(sliceRow(row, 2, 4))).toBe('本');
  });

  test('has exactly the requested width, and two slices make the whole row', () => {
    fc.assert(
      fc.property(anyRuns, fc.integer({ min: 1, max: 60 }), fc.nat(60), (runs, width, cut) => {
        const row = rowOf(width, runs);
        const at = Math.min(cut, width);
        expect(runsWidth(sliceRow(row, 0, at))).toBe(at);
        expect(runsWidth(sliceRow(row, at, width))).toBe(width - at);
        expect(isSameRow(sliceRow(row, 0, width), row)).toBe(true);
      }),
    );
  });
});
