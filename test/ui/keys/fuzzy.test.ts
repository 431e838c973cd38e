import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuzzyScore } from '../../../source/ui/keys/fuzzy.ts';

/** Few different letters, so that they match often; spaces and dashes separate words. */
const anyText = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A', ' ', '-'), maxLength: 20 });
const anyLetters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A'), maxLength: 6 });

function occurInOrder(letters: string, text: string): boolean {
  let at = 0;
  for (const letter of text.toLowerCase()) if (letter === letters.toLowerCase()[at]) at++;
  return at === letters.length;
}

const best = (letters: string, texts: readonly string[]) =>
  [...texts].sort((a, b) => (fuzzyScore(letters, b) ?? -1) - (fuzzyScore(letters, a) ?? -1));

describe('letters', () => {
  test('match a text exactly if all occur in it in their order', () => {
    fc.assert(
      fc.property(anyLetters, anyText, (letters, text) => {
        expect(fuzzyScore(letters, text) !== null).toBe(occurInOrder(letters, text));
      }),
      { numRuns: 2000 },
    );
  });

  test('match every text that they are taken from', () => {
    fc.assert(
      fc.property(
        anyText.chain((text) => fc.tuple(fc.constant(text), fc.subarray([...text]))),
        (taken) => {
          expect(fuzzyScore(taken[1].join(''), taken[0])).not.toBeNull();
        },
      ),
    );
  });

  test('score the same in any case', () => {
    fc.assert(
      fc.property(anyLetters, anyText, (letters, text) => {
        expect(fuzzyScore(letters.toUpperCase(), text)).toBe(
          fuzzyScore(letters, text.toUpperCase()),
        );
      }),
    );
  });

  test('that are none match everything alike', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fuzzyScore(' ', `${text}x`)).toBe(0);
      }),
    );
  });
});

describe('a better match scores higher:', () => {
  test('letters that stand together, and most at the start of a word', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 2, maxLength: 12 }),
        (letters) => {
          const [exact, atStart, within, scattered] = [
            letters,
            `x ${letters} x`,
            `x${letters}x`,
            [...letters].join(' '),
          ].map((text) => fuzzyScore(letters, text) ?? NaN);
          expect(exact).toBeGreaterThan(atStart!);
          expect(atStart).toBeGreaterThan(within!);
          expect(within).toBeGreaterThan(scattered!);
        },
      ),
    );
  });

  test('also if the same letters come one by one before', () => {
    fc.assert(
      fc.property(anyText, anyLetters, (before, letters) => {
        fc.pre(letters.length > 1 && !before.toLowerCase().includes(letters.toLowerCase()));
        const together = fuzzyScore(letters, `${before} ${letters}`);
        expect(together).toBe(fuzzyScore(letters, `x ${letters}`));
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['pause', ['unpause', 'pause after session', 'pause']],
    ['nm', ['one more', 'next match']],
    ['ne', ['open pane', 'next error']],
    ['go to', ['log options', 'go to']],
    ['filter', ['show filters', 'filter tasks', 'filter']],
  ])('%j puts the last of %j first', (letters, texts) => {
    const [first] = best(letters, texts);
    expect(first).toBe(texts.at(-1));
  });
});
