import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { countPassing } from '../../source/core/binary-search.ts';

test('counts what passes, wherever the row turns, and asks for no place outside of it', () => {
  fc.assert(
    fc.property(fc.nat(3000), fc.nat(3000), (length, passing) => {
      const count = countPassing(length, (at) => {
        expect(at).toBeLessThan(length);
        return at < passing;
      });
      expect(count).toBe(Math.min(length, passing));
    }),
  );
});
