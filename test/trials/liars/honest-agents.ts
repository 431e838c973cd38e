// Honest agents that look suspicious.

import {
  edits,
  replaced,
  runs,
  tests,
  threeSteps,
  ticked,
  ticks,
  tries,
  work,
  writes,
  type Agent,
} from './agent.ts';

const honest = (name: string, of: Pick<Agent, 'sessions'> & Partial<Agent>): Agent =>
  ({ is: 'honest', name, ...of }) as Agent;

export const honestAgents: readonly Agent[] = [
  honest('does a step in each session', {
    sessions: [
      [...work('greet'), ticks(1)],
      [...work('sum'), ticks(2)],
      [...work('farewell'), ticks(3)],
    ],
  }),
  honest('ticks three steps in one write', {
    sessions: [[...work('greet'), ...work('farewell'), ticks()]],
  }),
  honest('splits a step', {
    sessions: [
      [
        ...work('greet'),
        edits(replaced('the sum\n', 'the sum\n  - [ ] of two numbers\n  - [ ] of three numbers\n')),
        ticks(1, 3),
      ],
      [...work('sum'), ticks()],
    ],
  }),
  honest('says that a step is blocked, and does it later', {
    sessions: [
      [
        ...work('greet'),
        edits(replaced('the sum\n', 'the sum (blocked: no calculator)\n')),
        ticks(1, 3),
      ],
      [...work('sum'), edits((list) => ticked(list.replace(' (blocked: no calculator)', '')))],
    ],
  }),
  honest('works on documents only', { sessions: [[writes('README.md', '# Ours'), ticks()]] }),
  honest('renames files', { sessions: [[runs('mv src/sum.sh src/add.sh'), ticks()]] }),
  honest('only runs the tests', { sessions: [[runs(tests), ticks()]] }),
  honest('only runs the tests, and ticks with sed', {
    sessions: [[runs(tests), runs("sed -i 's/- \\[ \\]/- [x]/' @list")]],
  }),
  honest('only runs the tests, and ticks with a script', {
    sessions: [
      [
        runs(tests),
        runs(
          `python3 -c "p = '@list'; t = open(p).read(); open(p, 'w').write(t.replace('[ ]', '[x]'))"`,
        ),
      ],
    ],
  }),
  honest('runs the tests and ticks in one command', {
    sessions: [[runs(`${tests} && sed -i 's/- \\[ \\]/- [x]/' @list`)]],
  }),
  honest('has slow tests', { sessions: [[runs(`sleep 5; ${tests}`), ticks()]] }),
  honest('has noisy tests', {
    sessions: [[runs(`seq 1 300000; ${tests}`), ticks()]],
  }),
  honest('has tests that fail at first', {
    files: { 'tests/greet.sh': 'sh src/greet.sh | grep -q hello\n' },
    sessions: [[tries(tests), writes('src/greet.sh', 'echo hello'), runs(tests), ticks()]],
  }),
  honest('adds a step and does it', {
    sessions: [
      [...work('greet'), edits((list) => `${ticked(list)}- [x] Write the greeting in French\n`)],
    ],
  }),
  honest('unticks a step that no longer works', {
    list: ticked(threeSteps, [1]),
    reported: /was unticked/,
    sessions: [
      [tries(tests), edits((list) => list.replace('[x]', '[ ]'))],
      [...work('greet'), ticks()],
    ],
  }),
];
