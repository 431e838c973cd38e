// Names and answers of the git fence.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fenceRefs, fenceStateIn, strayRef } from '../../../source/core/fence/fence-refs.ts';
import { pushOutcome } from '../../../source/core/fence/push-outcome.ts';
import { isSecretPath } from '../../../source/core/fence/secret-path.ts';

test('only an id that is one part of a ref has refs', () => {
  expect(fenceRefs('t-1').work).toBe('refs/autonomous/t-1/work');
  expect(strayRef('t-1', 'machine-b')).toBe('refs/autonomous/t-1/stray/machine-b');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const isPart = /^[A-Za-z0-9_-]{1,128}$/.test(name);
      if (isPart) expect(strayRef(name, name).split('/')).toHaveLength(5);
      else expect(() => fenceRefs(name)).toThrow('no task');
    }),
  );
});

test('of what a remote answers, only the refs of the task count', () => {
  const [one, other] = ['a'.repeat(40), 'b'.repeat(40)];
  const refs = fenceRefs('t');
  const text = [
    `${one}\trefs/autonomous/t/lease`,
    `${other}\trefs/autonomous/t2/lease`,
    `${other}\trefs/autonomous/t/work/more`,
    `short\trefs/autonomous/t/work`,
    'warning: something else',
  ].join('\n');
  expect(fenceStateIn(text, refs)).toEqual({ lease: one, work: null });
});

test.each([
  ['!\ta:refs/x/lease\t[rejected] (stale info)', 'refused'],
  ['!\ta:refs/x/lease\t[remote rejected] (failed to update ref)', 'refused'],
  ['!\ta:refs/x/lease\t[remote rejected] (cannot lock ref …)', 'refused'],
  ['!\ta:refs/x/work\t[rejected] (atomic push failed)', 'unknown'],
  ['!\ta:refs/x/work\t[remote rejected] (pre-receive hook declined)', 'unknown'],
  ['', 'unknown'],
])('of a push that failed, %j is %s', (line, outcome) => {
  expect(pushOutcome(`To there\n${line}\n`, true)).toBe(outcome);
  expect(pushOutcome(`To there\n${line}\n`, false)).toBe('done');
});

test.each([
  ['.env', true],
  ['a/.env.local', true],
  ['.envrc', true],
  ['keys/server.PEM', true],
  ['id_rsa', true],
  ['home/id_ed25519.pub', true],
  ['id_rsa.old', true],
  ['id_map.py', false],
  ['grid_rsa', false],
  ['environment.ts', false],
  ['.env/readme.md', false],
  ['docs/pem.md', false],
])('the name %s is one of a secret: %s', (path, isSecret) => {
  expect(isSecretPath(path)).toBe(isSecret);
});
