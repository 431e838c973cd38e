// A pager installed on this machine, in a terminal.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import type { Measure } from '../row.ts';
import { timed } from '../timed.ts';

/** The time until it says that it shows the end. Null: not installed. */
export function terminalPeer(name: string, args: readonly string[]): Measure | null {
  const path = ['/usr/bin', '/usr/local/bin', '/bin']
    .map((directory) => join(directory, name))
    .find(existsSync);
  if (path === undefined) return null;
  return () =>
    timed(
      () =>
        new Promise<void>((resolve) => {
          const { PATH = '', HOME = '' } = process.env;
          const env = { PATH, HOME, TERM: 'xterm-256color', LESS: '' };
          const pty = spawn(path, [...args], { cols: 120, rows: 36, env });
          let seen = '';
          pty.onData((data) => {
            seen = (seen + data).slice(-4000);
            if (!/\(END\)|\bL\d+\b.*100%/u.test(seen)) return;
            pty.kill();
            resolve();
          });
        }),
    );
}
