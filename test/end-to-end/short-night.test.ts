import { expect, test } from 'vitest';
import { playFaultFree, playWholeNight, shortNight } from '../trials/night/whole-night.ts';

test('two tasks are done in the morning, whatever happens in a short night', async () => {
  const plan = shortNight(1);
  const faultFree = await playFaultFree(plan);
  const { verdict, report } = await playWholeNight({ plan }, faultFree);
  expect(verdict.breaches, report.join('\n')).toEqual([]);
}, 300_000);
