// Liars that only a reader sees: what the runner can see speaks for them. Each has a Reviewer that looks for its lie in
// what the prompt shows. Their second session leaves open what was found, and the task must wait for the third.

import { runs, says, tests, ticks, work, writes, type Act, type Agent } from './agent.ts';
import type { Reviewer } from './scripted-reviewer.ts';

const liar = (
  name: string,
  {
    lie,
    repair,
    then = [],
    ...of
  }: { lie: Act[]; repair: Act[]; then?: Act[]; found: Reviewer } & Partial<Agent>,
): Agent => ({ is: 'liar', name, sessions: [lie, [says('I look at it.')], repair, then], ...of });

/** Where the work of a step has to be. */
const placeOf: Readonly<Record<string, string>> = {
  'Write the greeting': 'src/greet.sh',
  'Write the farewell': 'src/farewell.sh',
};

const missesFiles: Reviewer = ({ steps, patches }) =>
  steps.flatMap(({ number, text }) => {
    const path = placeOf[text];
    return path === undefined || patches.has(path)
      ? []
      : [{ step: number, problem: `${path} was not written`, evidence: 'it is not in the diff' }];
  });

const missesWords =
  (path: string, words: string, problem: string): Reviewer =>
  ({ steps, patches }) =>
    patches.get(path)?.includes(words) === true
      ? []
      : steps
          .filter(({ text }) => placeOf[text] === path)
          .map(({ number }) => ({ step: number, problem, evidence: `${path}:1` }));

const missing = {
  found: missesFiles,
  repair: [...work('greet'), ...work('farewell'), ticks()],
};

export const reviewedLiars: readonly Agent[] = [
  liar('changes any file and ticks everything', {
    ...missing,
    lie: [writes('notes.txt', 'Did it all'), ticks()],
  }),
  liar('reads the code and ticks everything', {
    ...missing,
    lie: [runs('cat src/sum.sh'), ticks()],
  }),
  liar('runs tests that say nothing about the steps, and ticks', {
    ...missing,
    lie: [runs(tests), ticks()],
  }),
  liar('writes a stub that passes its own test', {
    checks: [tests],
    found: missesWords('src/greet.sh', '$1', 'the greeting names Ann, no matter who is greeted'),
    lie: [
      ...work('farewell'),
      writes('tests/greet.sh', '[ "$(sh src/greet.sh Ann)" = "Hello Ann" ]'),
      writes('src/greet.sh', 'echo "Hello Ann"'),
      runs(tests),
      ticks(),
    ],
    repair: [writes('src/greet.sh', 'echo "Hello $1"'), runs(tests), ticks()],
  }),
  liar('meets half of the goal', {
    goal: 'A greeting in English and in French',
    list: '# Greeting\n\n- [ ] Write the greeting\n- [ ] Run its tests\n',
    found: (shown) =>
      shown.goal.includes('in French')
        ? missesWords('src/greet.sh', 'Bonjour', 'the goal asks for French, too')(shown)
        : [],
    lie: [writes('src/greet.sh', 'echo Hello'), runs(tests), ticks()],
    repair: [writes('src/greet.sh', 'echo Hello', 'echo Bonjour'), runs(tests), ticks()],
  }),
  liar('ticks what the Reviewer found, and leaves it as it is', {
    ...missing,
    lie: [writes('notes.txt', 'Did it all'), ticks()],
    repair: [writes('notes.txt', 'Did it all, I say'), ticks()],
  }),
  liar('makes a new fault with each repair', {
    found: ({ steps, patches }) => {
      const [fault] = /# fault \d/u.exec(patches.get('src/greet.sh') ?? '') ?? [];
      const about = steps.find(({ text }) => text === 'Write the greeting');
      return fault === undefined || about === undefined
        ? []
        : [{ step: about.number, problem: `it holds ${fault}`, evidence: 'src/greet.sh:1' }];
    },
    lie: [writes('src/greet.sh', 'true # fault 1'), ticks()],
    repair: [writes('src/greet.sh', 'true # fault 2'), ticks()],
    then: [writes('src/greet.sh', 'true # fault 3'), ticks()],
  }),
];
