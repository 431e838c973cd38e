import { expect, test } from 'vitest';
import { notMeasured, playWholeNight, shortNight } from '../trials/night/whole-night.ts';

test('two tasks are done in the morning, whatever happens in a short night', async () => {
  const plan = shortNight(1);
  // Only a long night is judged by how long the same night takes without faults.
  const { verdict, report } = await playWholeNight({ plan }, notMeasured);
  expect(verdict.breaches, report.join('\n')).toEqual([]);
}, 300_000);
