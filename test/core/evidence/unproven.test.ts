import { expect, test } from 'vitest';
import { unprovenSteps } from '../../../source/core/evidence/unproven.ts';

test('an unproven tick is told by the number of its step, while that is ticked', () => {
  const ticks = [
    { session: 4, text: 'write the docs', reason: 'no file changed' },
    { session: 4, text: 'deploy', reason: 'no file changed' },
    { session: 3, text: 'gone by now', reason: 'no file changed' },
  ];
  const steps = [
    { number: 1, text: 'Set up', done: true },
    { number: 2, text: 'Write the **docs**.', done: true },
    { number: 3, text: 'Deploy', done: false },
  ];
  expect(unprovenSteps(ticks, steps)).toEqual([
    { number: 2, session: 4, reason: 'no file changed' },
  ]);
});
