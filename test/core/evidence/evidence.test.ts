import { describe, expect, test } from 'vitest';
import {
  evidenceOf,
  tickVerdicts,
  type CommandFact,
  type SessionFacts,
} from '../../../source/core/evidence/evidence.ts';
import { compareLists } from '../../../source/core/checklist/list-comparison.ts';

const nothing: SessionFacts = {
  tree: 'unchanged',
  overlapped: false,
  patched: null,
  commands: [],
  checksPassed: [],
};
const command = (text: string, more: Partial<CommandFact> = {}): CommandFact => ({
  command: text,
  exitCode: 0,
  openAtWrite: false,
  ...more,
});

test.each<[string, Partial<SessionFacts>, boolean, string]>([
  ['nothing', {}, false, 'no file changed, and no command ran'],
  ['a changed file', { tree: 'changed' }, true, 'files changed'],
  [
    'a changed file beside another task',
    { tree: 'changed', overlapped: true },
    false,
    'another task worked in the same files meanwhile, and no command ran',
  ],
  [
    'a changed file that the session patched itself, beside another task',
    { tree: 'changed', overlapped: true, patched: 'src/main.ts' },
    true,
    'it changed a file: src/main.ts',
  ],
  [
    'a patch that was taken back',
    { patched: 'src/main.ts' },
    false,
    'no file changed, and no command ran',
  ],
  [
    'a tree that nobody saw',
    { tree: 'unknown' },
    false,
    'whether a file changed is not known, and no command ran',
  ],
  ['a passed check', { checksPassed: ['npm test'] }, true, 'the check passed: npm test'],
  ['a command', { commands: [command('npm test')] }, true, 'this command ended with 0: npm test'],
  [
    'a command beside another task',
    { overlapped: true, tree: 'changed', commands: [command('npm test')] },
    true,
    'this command ended with 0: npm test',
  ],
  [
    'a command that failed',
    { commands: [command('npm test', { exitCode: 1 }), command('make', { exitCode: null })] },
    false,
    'no file changed, and no command ended with 0 that did something',
  ],
  [
    'the command that ticked',
    { commands: [command('node tick.js', { openAtWrite: true })] },
    false,
    'no file changed, and the only command that succeeded is the one that wrote the list',
  ],
  [
    'the command that ticked after it had worked',
    {
      commands: [
        command('npm test && sed -i s/x/y/ .autonomous/a/task_list.md', { openAtWrite: true }),
      ],
    },
    true,
    'this command ended with 0: npm test && sed -i s/x/y/ .autonomous/a/task_list.md',
  ],
  [
    'no-ops and reads of the list',
    { commands: [command('true'), command('cat .autonomous/a/task_list.md')] },
    false,
    'no file changed, and its commands only looked around, or could not fail',
  ],
])('%s', (_, facts, proven, reason) => {
  expect(evidenceOf({ ...nothing, ...facts })).toEqual({ proven, reason });
});

describe('each tick of a session has a verdict', () => {
  const proof = { proven: true, reason: 'files changed' };
  const verdicts = (before: string, after: string) =>
    tickVerdicts(compareLists(before, after).steps, proof).map(({ number, proven }) => [
      number,
      proven,
    ]);

  test('the session’s proof holds for all its ticks, added ones included, and for no older one', () => {
    expect(verdicts('- [x] a\n- [ ] b\n', '- [x] a\n- [x] b\n- [x] c\n- [ ] d\n')).toEqual([
      [2, true],
      [3, true],
    ]);
  });

  test('a step that was reworded, or said to be skipped, is not proven by it', () => {
    const before = '- [ ] Write all the tests\n- [ ] Deploy\n';
    const after = '- [x] Write some of the tests\n- [x] Deploy (skipped: too hard)\n';
    expect(verdicts(before, after)).toEqual([
      [1, false],
      [2, false],
    ]);
  });
});
