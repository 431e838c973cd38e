import { expect, test } from 'vitest';
import { takeOversOneByOne } from '../../../source/engine/take-over/one-by-one.ts';
import type { TakenOver } from '../../../source/engine/take-over/take-over.ts';

test('a task whose take-over is under way here is not taken over again, and no process is blamed', async () => {
  const takenOver = takeOversOneByOne();
  const { promise, resolve } = Promise.withResolvers<TakenOver>();
  const first = takenOver('shop', () => promise);
  const again = () => takenOver('shop', () => Promise.reject(new Error('it began')));
  expect(await again()).toEqual({
    ok: false,
    sentence: 'shop is being taken over already: its conversation opens when it has paused',
  });
  const other: TakenOver = { ok: true, lines: [] };
  expect(await takenOver('docs', () => Promise.resolve(other))).toBe(other);
  resolve(other);
  expect(await first).toBe(other);
  await expect(again()).rejects.toThrow('it began');
});
