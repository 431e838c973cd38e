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

test.each([
  [null, 'a new task', { kind: 'new', name: 'build-parts' }],
  ['rooms', 'a new task', { kind: 'new', name: 'rooms' }],
  [
    'parts',
    'wrong',
    {
      kind: 'problem',
      sentence:
        'The hub has a task parts that was deleted or replaced here since, so its worker leaves it alone: choose another name',
    },
  ],
])(
  'the description of a task that is gone here since, named %s, is %s: no worker goes on with the other',
  (name, _, choice) => {
    const gone = new Set(['parts']);
    expect(givenName(known, { name, description: 'Build the parts', now, gone })).toEqual(choice);
  },
);

const here = new Map([
  ['chairs', { descriptions: ['Build chairs', 'Build a chair'], isGiven: false }],
  ['sell-plums', { descriptions: [null], isGiven: false }],
  ['tables', { descriptions: ['Build tables'], isGiven: true }],
]);

test.each([
  [
    'the name of a task of the project is not used again',
    null,
    'Sell plums',
    { kind: 'new', name: 'sell-plums-2' },
  ],
  [
    'the name of a task of the project is wrong with another description',
    'sell-plums',
    'Sell plums',
    {
      kind: 'problem',
      sentence: 'The project has a task sell-plums with another description: choose another name',
    },
  ],
  ...[null, 'chairs'].flatMap((name) =>
    ['Build chairs', 'Build a chair'].map(
      (description) =>
        [
          `${description} is not given, since the project has it already (named ${name})`,
          name,
          description,
          {
            kind: 'problem',
            sentence:
              'chairs is this task already, without a hub: continue it with --task-name chairs --continue, or give another description',
          },
        ] as const,
    ),
  ),
  ...[null, 'tables'].map(
    (name) =>
      [
        `a task that the hub has lost is given again (named ${name})`,
        name,
        'Build tables',
        { kind: 'new', name: 'tables' },
      ] as const,
  ),
  ['what the hub knows counts first', null, 'Build the parts', { kind: 'known', name: 'parts' }],
] as const)('given to a hub in its project, %s', (_, name, description, choice) => {
  expect(givenName(known, { name, description, now, here })).toEqual(choice);
});
