import { expect, test } from 'vitest';
import { sessionMessage } from '../../../source/core/worktree/commit-message.ts';

const long = `Write ${'a very '.repeat(20)}long text`;

test.each([
  [['Add the parser'], 'Add the parser'],
  [['Add the parser', 'b'], 'Add the parser and 1 more step'],
  [['Add the parser', 'b', 'c'], 'Add the parser and 2 more steps'],
  [[], 'Session 4 of shop'],
])('a session that ticked %j has the subject %s', (ticked, subject) => {
  expect(sessionMessage({ task: 'shop', session: 4, ticked })).toBe(
    `${subject}\n\nAutonomous-Task: shop\nAutonomous-Session: 4\n`,
  );
});

test('a subject is one line of at most 72 characters, whatever the step says', () => {
  for (const first of [long, 'a\nb\u001b[31m', `${'x'.repeat(69)}😀😀`]) {
    for (const ticked of [[first], [first, 'b', 'c']]) {
      const [subject = '', next] = sessionMessage({ task: 'shop', session: 4, ticked }).split('\n');
      expect(subject.length).toBeLessThanOrEqual(72);
      expect(subject.isWellFormed()).toBe(true);
      expect(next).toBe('');
      expect(subject).not.toContain('\u001b');
    }
  }
});
