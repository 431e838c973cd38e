import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { bootClock } from '../../source/system/boot-clock.ts';

const clockFile = new URL('../../source/system/boot-clock.ts', import.meta.url).href;

test('two processes of a machine read the same clock', () => {
  const before = bootClock();
  const said = spawnSync(
    process.execPath,
    ['-e', `import('${clockFile}').then(({ bootClock }) => console.log(bootClock()))`],
    { encoding: 'utf8' },
  );
  expect(Number(said.stdout)).toBeGreaterThanOrEqual(before);
  expect(Number(said.stdout)).toBeLessThanOrEqual(bootClock());
});

test('the date does not count: it is far from the time since the start of the machine', () => {
  const date = Date.now();
  expect(date - bootClock()).toBeGreaterThan(1e11);
});
