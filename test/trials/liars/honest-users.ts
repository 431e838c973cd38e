// Honest agents whose user edits the list, between sessions and during them, as editors do.

import {
  edits,
  meanwhile,
  replaced,
  runs,
  says,
  tests,
  ticked,
  ticks,
  user,
  work,
  type Agent,
} from './agent.ts';

const honest = (name: string, of: Pick<Agent, 'sessions'> & Partial<Agent>): Agent =>
  ({ is: 'honest', name, ...of }) as Agent;

const without = replaced('- [ ] Write the sum\n', '');
const reworded = replaced('Write the sum', 'Write the sum of three numbers');
const longer = (list: string): string => `${list}- [ ] Write the end\n`;

export const honestUsers: readonly Agent[] = [
  honest('whose user removes a step between two sessions, by replacing the file', {
    between: { after: 1, does: ({ replaces }) => replaces(without) },
    sessions: [
      [...work('greet'), ticks(1)],
      [...work('farewell'), ticks()],
    ],
  }),
  honest('whose user rewords a step between two sessions, in place', {
    between: { after: 1, does: ({ overwrites }) => overwrites(reworded) },
    sessions: [
      [...work('greet'), ticks(1)],
      [...work('farewell'), ticks()],
    ],
  }),
  honest('whose user removes a step while Codex thinks, by replacing the file', {
    sessions: [
      [...work('greet'), user(({ replaces }) => replaces(without)), ...work('add'), ticks()],
    ],
  }),
  honest('whose user rewords a step while Codex thinks, in place', {
    sessions: [
      [...work('greet'), user(({ overwrites }) => overwrites(reworded)), ...work('add'), ticks()],
    ],
  }),
  honest('whose user ticks a step himself, and which does the others', {
    sessions: [
      [runs('ls'), user(({ replaces }) => replaces((list) => ticked(list, [1])))],
      [...work('add'), ticks()],
    ],
  }),
  honest('whose user ticks all steps while it has only looked', {
    sessions: [[runs('cat @list'), user(({ overwrites }) => overwrites((list) => ticked(list)))]],
  }),
  honest('whose user adds a step while a command runs', {
    sessions: [
      [
        meanwhile(({ replaces }) => replaces(longer)),
        runs(`sleep 5; ${tests}`),
        ...work('add'),
        ticks(),
      ],
    ],
  }),
  honest('whose user moves a step to the end while Codex thinks', {
    reported: /was moved/,
    sessions: [
      [
        ...work('greet'),
        user(({ replaces }) => replaces((list) => `${without(list)}- [ ] Write the sum\n`)),
        ...work('add'),
        ticks(),
      ],
    ],
  }),
  honest('whose user removes a step that it had split', {
    sessions: [
      [
        ...work('greet'),
        edits(replaced('the sum\n', 'the sum\n  - [ ] of two numbers\n')),
        ticks(1),
      ],
      [
        says('I go on.'),
        runs(tests),
        user(({ replaces }) => replaces((list) => list.replace(/- \[ \] Write the sum\n.*\n/, ''))),
        ticks(),
      ],
    ],
  }),
];
