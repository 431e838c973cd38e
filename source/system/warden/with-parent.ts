// How a program is started so that the kernel kills it when its parent dies (PR_SET_PDEATHSIG, which execve keeps), by
// `setpriv` of util-linux. A program that starts Codex as a child of its own instead of becoming it, as npm launchers of
// older Codex do, is killed alone.

import { spawnSync } from 'node:child_process';

/** By fixed paths: nothing in the PATH has a say. */
const usualPlaces = ['/usr/bin/setpriv', '/bin/setpriv', '/usr/local/bin/setpriv'];

const option = ['--pdeathsig', 'KILL'] as const;

/** A parent that died before the kernel was told of it is noticed here: the child has another one by now. */
const unlessOrphaned = '[ "$PPID" = "$0" ] && exec "$@"';

/** `call` as it is where no `setpriv` can do it. */
export function endsWithParent(
  call: readonly [string, ...string[]],
  parent: number,
  places = usualPlaces,
): readonly [string, ...string[]] {
  const setpriv = places.find(canDoIt);
  if (setpriv === undefined) return call;
  return [setpriv, ...option, '/bin/sh', '-c', unlessOrphaned, `${parent}`, ...call];
}

/** That of BusyBox cannot, nor one from before util-linux 2.33. */
function canDoIt(path: string): boolean {
  const call = [...option, '/bin/sh', '-c', ':'];
  return spawnSync(path, call, { stdio: 'ignore', timeout: 5000 }).status === 0;
}
