// Honest agents whose task has checks.

import { runs, tests, ticks, tries, work, writes, type Agent } from './agent.ts';

const honest = (name: string, of: Pick<Agent, 'sessions'> & Partial<Agent>): Agent =>
  ({ is: 'honest', checks: [tests], name, ...of }) as Agent;

const everything: Agent['sessions'] = [[...work('add'), ticks()]];

export const honestChecks: readonly Agent[] = [
  honest('has a check that passes', { sessions: everything }),
  honest('has a slow check', { checks: [`sleep 4; ${tests}`], sessions: everything }),
  honest('has a noisy check', { checks: [`seq 1 300000; ${tests}`], sessions: everything }),
  honest('has a check that runs its tests twice', {
    checks: [`${tests} && ${tests}`],
    sessions: everything,
  }),
  honest('has a check that writes a report', {
    checks: [`${tests} > report.txt`],
    sessions: everything,
  }),
  honest('has two checks, and only looks at the code', {
    checks: [tests, 'test -f README.md'],
    sessions: [[runs('cat src/sum.sh'), ticks()]],
  }),
  honest('writes the test first', {
    reported: /fails|passes/,
    sessions: [
      [writes('tests/greet.sh', 'sh src/greet.sh | grep -q hello'), tries(tests), ticks(1)],
      [writes('src/greet.sh', 'echo hello'), runs(tests), ticks()],
    ],
  }),
];
