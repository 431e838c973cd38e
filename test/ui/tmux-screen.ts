// A screen in tmux, instead of the emulator: its own server, a pane that prints only the bytes it gets, and what tmux
// captures of that pane.

import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../helpers/until.ts';
import { emulatedScreen, type TerminalScreen } from './fake-terminal.ts';

export type Tmux = {
  screen(columns: number, rows: number): TerminalScreen;
  close(): void;
};

/** Null if tmux is not installed. */
export function startTmux(): Tmux | null {
  const directory = mkdtempSync(join(tmpdir(), 'tmux-'));
  const tmux = (...args: readonly string[]): string =>
    execFileSync('tmux', ['-S', join(directory, 'socket'), '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', TERM: 'xterm-256color' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  try {
    tmux('-V');
  } catch {
    rmSync(directory, { recursive: true });
    return null;
  }
  const fifos: number[] = [];
  let made = 0;
  const free: Pane[] = [];

  type Pane = { name: string; fifo: number };

  function newPane(): Pane {
    const name = `pane-${made++}`;
    const path = join(directory, name);
    execFileSync('mkfifo', [path]);
    const size = ['-x', '80', '-y', '24'];
    tmux('new-session', '-d', '-s', name, ...size, `stty -echo; exec cat ${path}`);
    tmux('set-option', '-t', name, 'status', 'off');
    // Open for reading and writing, so that it neither waits for the reader nor ends with it.
    const fifo = openSync(path, constants.O_RDWR);
    fifos.push(fifo);
    return { name, fifo };
  }

  function resize({ name }: Pane, columns: number, rows: number): void {
    tmux('resize-window', '-t', name, '-x', String(columns), '-y', String(rows));
  }

  /** Writes a title last: when tmux shows it, everything written before has been drawn. */
  async function settle({ name, fifo }: Pane): Promise<void> {
    const title = `drawn-${made++}`;
    writeSync(fifo, `\u001B]2;${title}\u0007`);
    const seen = () => tmux('display-message', '-p', '-t', name, '#{pane_title}').trim() === title;
    await until('tmux has drawn', seen, { everyMs: 2 });
  }

  return {
    screen: (columns, rows) => {
      const pane = free.pop() ?? newPane();
      let isEnded = false;
      let size = { columns, rows };
      resize(pane, columns, rows);
      writeSync(pane.fifo, '\u001Bc');
      return {
        write: (data) => {
          if (!isEnded) writeSync(pane.fifo, data);
        },
        settled: () => settle(pane),
        resize: (toColumns, toRows) => {
          size = { columns: toColumns, rows: toRows };
          resize(pane, toColumns, toRows);
        },
        cells: async () => {
          const lines = tmux('capture-pane', '-p', '-e', '-N', '-t', pane.name).split('\n');
          const copy = emulatedScreen(size.columns, size.rows);
          copy.write(lines.slice(0, size.rows).join('\r\n'));
          await copy.settled();
          return copy.cells();
        },
        end: () => {
          isEnded = true;
          free.push(pane);
        },
      };
    },
    close: () => {
      // The tmux server ends with its last pane.
      for (const fifo of fifos) closeSync(fifo);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
