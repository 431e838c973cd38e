// What the dashboard needs of a terminal besides stdout: that the cursor can move on it, and keys. When stdin is a pipe
// (`echo Hi | autonomous-tui`, `while read …`), the keys come from /dev/tty.

import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';

/** For lack of them, a start is only handed to the background. */
const instead = 'use --list, --log NAME or --headless';

/** Whether a user is taken to watch: a start then opens the dashboard. stdout is known to be a terminal. */
export function isWatched(environment: Environment): boolean {
  return process.stdin.isTTY && !isDumb(environment);
}

/** Opens what the dashboard reads keys from; or a sentence that says what is missing. */
export function openKeys(
  environment: Environment,
): { keys: NodeJS.ReadStream } | { problem: string } {
  if (isDumb(environment)) {
    const term = environment['TERM'] ?? '';
    const problem = `The dashboard needs a terminal whose cursor can move, and TERM is ${JSON.stringify(term)}: set TERM to what the terminal is, or ${instead}`;
    return { problem };
  }
  if (process.stdin.isTTY) return { keys: process.stdin };
  try {
    return { keys: new ReadStream(openSync('/dev/tty', 'r')) };
  } catch {
    const problem = `The dashboard has no keys: stdin is not a terminal, and /dev/tty cannot be opened. Start it on a terminal, or ${instead}`;
    return { problem };
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Unset is not dumb: some containers do not set it, and their terminals can do everything. */
export function isDumb({ TERM }: Environment): boolean {
  return TERM === 'dumb' || TERM === 'unknown' || TERM === '';
}
