import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byteFinder } from '../../source/core/byte-finder.ts';
import { matcherFor, type Matcher, type SearchQuery } from '../../source/core/search-query.ts';

function matcher(text: string, form: SearchQuery['form'] = 'plain'): Matcher {
  const made = matcherFor({ text, form });
  if ('problem' in made) throw new Error(made.problem);
  return made;
}

describe('a text that is searched for', () => {
  test('in lower case is found in any case, with a capital only as it is written', () => {
    expect(matcher('offset').isIn('Offset')).toBe(true);
    expect(matcher('Offset').isIn('offset')).toBe(false);
  });

  test('is taken as it is: its dots and brackets mean nothing', () => {
    expect(matcher('a.b(').isIn('a.b(c)')).toBe(true);
    expect(matcher('a.b').isIn('axb')).toBe(false);
  });

  test('tells where it stands', () => {
    expect(matcher('no').spansIn('No, no')).toEqual([
      { start: 0, end: 2 },
      { start: 4, end: 6 },
    ]);
  });

  test('wherever it is found, its bytes are found in the JSON of the text', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, text, text, (before, sought, behind) => {
        const made = matcherFor({ text: sought, form: 'plain' });
        if ('problem' in made || made.inRaw === null) return;
        const shown = before + sought + behind;
        if (!made.isIn(shown)) return;
        const bytes = Buffer.from(JSON.stringify({ text: shown }));
        expect(byteFinder(made.inRaw)(bytes, 0)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('an expression', () => {
  test('that is none is said in a sentence', () => {
    expect(matcherFor({ text: 'a(', form: 'expression' })).toEqual({
      problem: 'No expression: unterminated group',
    });
  });

  test('that matches nothing at all is refused, it would match everywhere', () => {
    expect(matcherFor({ text: 'a*', form: 'expression' })).toHaveProperty('problem');
  });

  test('has its capital letters from the person, not from classes', () => {
    expect(matcher('err\\S+', 'expression').isIn('ERRno')).toBe(true);
    expect(matcher('^two$', 'expression').isIn('one\ntwo\nthree')).toBe(true);
  });

  test('without choices is looked for by its longest text, one with them line by line', () => {
    expect(matcher('fail.*timeout', 'expression').inRaw?.text).toBe('timeout');
    expect(matcher('a|b', 'expression').inRaw).toBeNull();
  });
});
