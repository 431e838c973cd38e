import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byteFinder } from '../../../source/core/search/byte-finder.ts';
import { matcherFor, type Matcher, type SearchQuery } from '../../../source/core/search/query.ts';

function matcher(text: string, form: SearchQuery['form'] = 'plain'): Matcher {
  const made = matcherFor({ text, form });
  if ('problem' in made) throw new Error(made.problem);
  return made;
}

describe('a plain query', () => {
  test('in lower case matches any case, with a capital matches case exactly', () => {
    expect(matcher('offset').isIn('Offset')).toBe(true);
    expect(matcher('Offset').isIn('offset')).toBe(false);
  });

  test('is literal: its dots and brackets mean nothing', () => {
    expect(matcher('a.b(').isIn('a.b(c)')).toBe(true);
    expect(matcher('a.b').isIn('axb')).toBe(false);
  });

  test('gives the position of each match', () => {
    expect(matcher('no').spansIn('No, no')).toEqual([
      { start: 0, end: 2 },
      { start: 4, end: 6 },
    ]);
  });

  test('wherever it matches, its bytes occur in the JSON of the text', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, text, text, (before, sought, behind) => {
        const made = matcherFor({ text: sought, form: 'plain' });
        if ('problem' in made || made.inRaw === null) return;
        const shown = before + sought + behind;
        if (!made.isIn(shown)) return;
        const bytes = Buffer.from(JSON.stringify({ text: shown }));
        expect(byteFinder(made.inRaw)(bytes)(0)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('a regex query', () => {
  test('that is invalid is explained in a sentence', () => {
    expect(matcherFor({ text: 'a(', form: 'expression' })).toEqual({
      problem: 'Invalid regex: unterminated group',
    });
  });

  test('that matches the empty string is refused, since it would match everywhere', () => {
    expect(matcherFor({ text: 'a*', form: 'expression' })).toHaveProperty('problem');
  });

  test('takes its capital letters from the user, not from classes', () => {
    expect(matcher('err\\S+', 'expression').isIn('ERRno')).toBe(true);
    expect(matcher('^two$', 'expression').isIn('one\ntwo\nthree')).toBe(true);
  });

  test.each([
    ['fail.*timeout', ['timeout']],
    ['timeout|refused', ['timeout', 'refused']],
    ['^read failed$', ['read failed']],
    ['.+?timeout', ['timeout']],
    ['colou?r', ['colo']],
    ['colou+r', ['colou']],
    ['say "yes"', ['say ']],
    ['größe offset', ['e offset']],
  ])('%s is searched for where %j occurs', (expression, texts) => {
    const { inRaw } = matcher(expression, 'expression');
    expect(inRaw?.texts).toEqual(texts);
  });

  test.each([
    'a|b',
    'timeout|.+',
    '[a-z]{3}',
    '\\d+\\.\\d+',
    'aa|bb|cc|dd|ee|ff|gg|hh|ii',
    '(?:abc)?d',
    '(timeout|refused)!',
    'exit \\(code',
  ])('%s is tried line by line', (expression) =>
    expect(matcher(expression, 'expression').inRaw).toBeNull(),
  );

  test('every match contains one of its texts', () => {
    const plain = fc.constantFrom('ab', 'c', 'A', '.', '^', '$', '/');
    const special = fc.constantFrom(
      '\\.',
      '\\d',
      '[ab]',
      '[^]x]',
      '\\u0061',
      '(?=ab)',
      '(?<!c)',
      '(?<n>ab)',
    );
    const piece = fc.oneof({ arbitrary: plain, weight: 19 }, { arbitrary: special, weight: 1 });
    const times = fc.oneof(
      { arbitrary: fc.constantFrom('', '', '', '*', '+', '?', '*?', '+?', '??'), weight: 19 },
      { arbitrary: fc.constantFrom('{2}', '{0,2}', '{1,}?'), weight: 1 },
    );
    const { expression } = fc.letrec<{ expression: string; term: string }>((tie) => ({
      term: fc.oneof(
        { maxDepth: 3 },
        { arbitrary: piece, weight: 9 },
        { arbitrary: tie('expression').map((inner) => `(?:${inner})`), weight: 1 },
      ),
      expression: fc
        .array(
          fc
            .array(fc.tuple(tie('term'), times), { minLength: 1, maxLength: 4 })
            .map((parts) => parts.map(([part, often]) => part + often).join('')),
          { minLength: 1, maxLength: 3 },
        )
        .map((choices) => choices.join('|')),
    }));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A', '.', '/', '1', 'x') });
    fc.assert(
      fc.property(expression, text, (source, shown) => {
        const made = matcherFor({ text: source, form: 'expression' });
        if ('problem' in made || made.inRaw === null || !made.isIn(shown)) return;
        expect(byteFinder(made.inRaw)(Buffer.from(shown))(0)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});
