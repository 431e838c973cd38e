import { expect, test } from 'vitest';
import { givenName } from '../../../source/core/hub/given-name.ts';

const known = new Map([
  ['parts', 'Build the parts'],
  ['sell-apples', 'Sell apples quickly'],
  ['old', null],
]);
const now = Date.UTC(2026, 0, 29, 12);

test.each([
  ['a new description is a new task', null, 'Sell pears', { kind: 'new', name: 'sell-pears' }],
  [
    'the name of another task is not used again',
    null,
    'Sell apples',
    { kind: 'new', name: 'sell-apples-2' },
  ],
  [
    'the description of a known task is that task, whatever its name',
    null,
    'Build the parts',
    { kind: 'known', name: 'parts' },
  ],
  ['a name that is free is used', 'rooms', 'Build the parts', { kind: 'new', name: 'rooms' }],
  [
    'a name with its own description is that task',
    'parts',
    'Build the parts',
    { kind: 'known', name: 'parts' },
  ],
  ...['parts', 'old'].map(
    (name) =>
      [
        `the name ${name} with another description is wrong`,
        name,
        'Sell pears',
        {
          kind: 'problem',
          sentence: `The hub has a task ${name} of this project with another description: omit the description to continue it, or choose another name`,
        },
      ] as const,
  ),
  [
    'a name that is none is wrong',
    '../parts',
    'Sell pears',
    { kind: 'problem', sentence: expect.stringContaining('is not a valid task name') as string },
  ],
  [
    'a description without a word is wrong',
    null,
    ' \n',
    { kind: 'problem', sentence: 'The description is empty: say what should be done' },
  ],
] as const)('given to a hub, %s', (_, name, description, choice) => {
  expect(givenName(known, { name, description, now })).toEqual(choice);
});
