import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteFinder } from '../../../source/core/search/byte-finder.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'B', '-'), maxLength: 60 });
const needle = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '-'), minLength: 1, maxLength: 5 });

test('finds what indexOf finds, from any index on', () => {
  fc.assert(
    fc.property(letters, needle, fc.nat(60), (text, sought, from) => {
      const find = byteFinder({ texts: [sought], letters: 'as written' });
      expect(find(Buffer.from(text))(from)).toBe(text.indexOf(sought, from));
    }),
  );
});

test('ignoring case, it finds what indexOf finds in lower case', () => {
  fc.assert(
    fc.property(letters, needle, (text, sought) => {
      const find = byteFinder({ texts: [sought], letters: 'any case' });
      expect(find(Buffer.from(text))(0)).toBe(text.toLowerCase().indexOf(sought.toLowerCase()));
    }),
  );
});

test('finds a text that is longer than the largest jump', () => {
  const long = 'x'.repeat(400) + 'y';
  const find = byteFinder({ texts: [long], letters: 'as written' });
  expect(find(Buffer.from(`zz${long}`))(0)).toBe(2);
  expect(find(Buffer.from(`zz${long.slice(1)}`))(0)).toBe(-1);
});

test('finds the nearest of several texts, again and again', () => {
  const texts = fc.array(needle, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(letters, texts, (text, sought) => {
      const next = byteFinder({ texts: sought, letters: 'as written' })(Buffer.from(text));
      for (let from = 0; from <= text.length;) {
        const places = sought.map((one) => text.indexOf(one, from)).filter((at) => at !== -1);
        const nearest = places.length === 0 ? -1 : Math.min(...places);
        const found = next(from);
        expect(found).toBe(nearest);
        if (found === -1) break;
        from = found + 1;
      }
    }),
  );
});
