import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { endsWithParent } from '../../../source/system/warden/with-parent.ts';

const call = ['/bin/echo', 'started', '$0 "a b"'] as const;

const said = ([program, ...args]: readonly [string, ...string[]]): string =>
  spawnSync(program, args, { encoding: 'utf8' }).stdout;

test('a program is started with its arguments as they are', () => {
  expect(said(endsWithParent(call, process.pid))).toBe('started $0 "a b"\n');
});

test('a program whose parent died before the kernel was told of it is not started', () => {
  // This process is its parent, and not process 1.
  expect(said(endsWithParent(call, 1))).toBe('');
});

test.each([
  ['there is no setpriv', '/nowhere/setpriv'],
  ['setpriv does not know how', '/bin/false'],
])('where %s, the program is started as it is', (_what, place) => {
  expect(endsWithParent(call, process.pid, [place])).toEqual(call);
});
