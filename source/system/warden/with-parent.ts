// How a program is started so that the kernel kills it when its parent dies (PR_SET_PDEATHSIG, which execve keeps), by
// `setpriv` of util-linux. A program that starts Codex as a child of its own instead of becoming it, as the npm launcher
// does on a Node without `process.execve`, is killed alone.

import { accessSync, constants } from 'node:fs';

/** By fixed paths: nothing in the PATH has a say. */
const usualPlaces = ['/usr/bin/setpriv', '/bin/setpriv', '/usr/local/bin/setpriv'];

/** A parent that died before the kernel was told of it is noticed here: the child has another one by now. */
const unlessOrphaned = '[ "$PPID" = "$0" ] && exec "$@"';

/** `call` as it is where there is no `setpriv`. */
export function endsWithParent(
  call: readonly [string, ...string[]],
  parent: number,
  places = usualPlaces,
): readonly [string, ...string[]] {
  const setpriv = places.find(canRun);
  if (setpriv === undefined) return call;
  return [setpriv, '--pdeathsig', 'KILL', '/bin/sh', '-c', unlessOrphaned, `${parent}`, ...call];
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
