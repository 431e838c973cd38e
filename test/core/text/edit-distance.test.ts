import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearestName } from '../../../source/core/text/edit-distance.ts';

describe('a misspelt word means the nearest name', () => {
  test.each([
    ['lsit', 'list'],
    ['lis', 'list'],
    ['lists', 'list'],
    ['lost', 'list'],
    ['headlexx', 'headless'],
    ['headles', 'headless'],
  ])('%s: %s', (word, meant) => {
    expect(nearestName(word, ['last', 'headless', 'list'].reverse())).toBe(meant);
  });

  test('two letters only from six letters on', () => {
    expect(nearestName('lixy', ['list'])).toBeNull();
    expect(nearestName('headlxyz', ['headless'])).toBeNull();
  });

  test('a name itself is nearest to itself, whatever else there is', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), (names) => {
        for (const name of names) expect(nearestName(name, names)).toBe(name);
      }),
    );
  });

  test('one letter added, removed or changed, or two swapped, is one letter away', () => {
    const word = fc.stringMatching(/^[a-z]{2,12}$/);
    const edits = fc.constantFrom('add', 'remove', 'change', 'swap');
    fc.assert(
      fc.property(word, fc.nat(), edits, (name, at, edit) => {
        const index = at % (name.length - 1);
        const [before, after] = [name.slice(0, index), name.slice(index)];
        const edited = {
          add: `${before}x${after}`,
          remove: `${before}${after.slice(1)}`,
          change: `${before}x${after.slice(1)}`,
          swap: `${before}${after[1]}${after[0]}${after.slice(2)}`,
        }[edit];
        expect(nearestName(edited, [name])).toBe(name);
      }),
    );
  });
});
