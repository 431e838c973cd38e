// What fuzzing (`npm run fuzz`) has found stays fixed, and its own tools do what they say.

import { describe, expect, test } from 'vitest';
import { mutated, randomFrom } from './mutate.ts';
import { found, seedsFor, wordsFor } from './seeds.ts';
import { targets } from './targets.ts';

describe.each(targets)('$name', ({ name, maxBytes, run }) => {
  const corpus = seedsFor(name);

  test('can be read, including all inputs that once broke a law', async () => {
    for (const seed of corpus) await run(seed);
    for (const { bytes } of found(name)) await run(bytes);
  });

  test('can be read after hundreds of random changes', async () => {
    const random = randomFrom(1);
    const material = { corpus, words: wordsFor(name), maxBytes };
    for (let time = 0; time < 300; time++) await run(mutated(material, random));
  });
});

test('the same seed makes the same inputs, none of them too long', () => {
  const material = { corpus: seedsFor('task_list.md'), words: ['- [ ] '], maxBytes: 500 };
  const inputs = () => {
    const random = randomFrom(7);
    return Array.from({ length: 50 }, () => mutated(material, random).toString('latin1'));
  };
  expect(inputs()).toEqual(inputs());
  expect(new Set(inputs()).size).toBeGreaterThan(40);
  expect(Math.max(...inputs().map(({ length }) => length))).toBeLessThanOrEqual(500);
});
