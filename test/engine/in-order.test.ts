import { expect, test } from 'vitest';
import { inOrder } from '../../source/engine/in-order.ts';

test('works run one after the other in their order, also behind one that fails', async () => {
  const run = inOrder();
  const happened: string[] = [];
  const first = Promise.withResolvers<void>();
  const work = (name: string, until?: Promise<void>) =>
    run(async () => {
      happened.push(`${name} begins`);
      await until;
      happened.push(`${name} ends`);
      if (name === 'b') throw new Error('b fails');
      return name;
    });
  const all = Promise.allSettled([work('a', first.promise), work('b'), work('c')]);
  await Promise.resolve();
  first.resolve();
  expect(await all).toMatchObject([
    { value: 'a' },
    { reason: new Error('b fails') },
    { value: 'c' },
  ]);
  expect(happened).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
});
