import { expect, test } from 'vitest';
import { serially } from '../../source/engine/serially.ts';

/** Work that counts how often it runs, and how many of it run at once. */
function watched(body: () => Promise<void> = () => Promise.resolve()) {
  const seen = { runs: 0, now: 0, most: 0 };
  const run = serially(async () => {
    seen.runs++;
    seen.most = Math.max(seen.most, ++seen.now);
    try {
      await body();
    } finally {
      seen.now--;
    }
  });
  return { run, seen };
}

test('calls during a run share one more run after it', async () => {
  const gate = Promise.withResolvers<void>();
  const { run, seen } = watched(() => gate.promise);
  const first = run();
  const later = [run(), run(), run()];
  gate.resolve();
  await Promise.all([first, ...later]);
  expect(seen).toEqual({ runs: 2, now: 0, most: 1 });
});

test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
  'a call %i steps behind the end of a run never runs beside the one that was asked for before',
  async (steps) => {
    const gate = Promise.withResolvers<void>();
    const { run, seen } = watched(async () => {
      await gate.promise;
      for (let step = 0; step < 20; step++) await Promise.resolve();
    });
    void run();
    const shared = run();
    gate.resolve();
    while (seen.now > 0) await Promise.resolve();
    for (let step = 0; step < steps; step++) await Promise.resolve();
    await Promise.all([run(), shared]);
    expect(seen.most).toBe(1);
  },
);

test('work that asks for more work at once gets it afterwards', async () => {
  let again: (() => Promise<void>) | null = null;
  const { run, seen } = watched(() => {
    const ask = again;
    again = null;
    if (ask !== null) void ask();
    return Promise.resolve();
  });
  again = run;
  await run();
  await run();
  expect(seen.most).toBe(1);
  expect(seen.runs).toBeGreaterThanOrEqual(2);
});

test('a run that fails rejects for its callers alone, and the next one runs', async () => {
  let isBroken = true;
  const { run, seen } = watched(() => {
    if (isBroken) throw new Error('broken');
    return Promise.resolve();
  });
  const first = run();
  const second = run();
  await expect(first).rejects.toThrow('broken');
  isBroken = false;
  await second.catch(() => {});
  await run();
  expect(seen.most).toBe(1);
});
