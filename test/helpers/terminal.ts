// The built program in a real PTY. Its output is read from a terminal's grid, never from raw bytes: how a frame was
// drawn does not matter. The terminal answers queries, like a user's terminal.

import { spawn } from '@lydell/node-pty';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import xterm from '@xterm/headless';
import { programPath } from './program.ts';
import { patienceMs, type Patience } from './until.ts';

export type TerminalCall = {
  args: readonly string[];
  columns?: number;
  rows?: number;
  cwd: string;
  /** The whole environment: nothing comes from the developer's own. */
  env: Readonly<Record<string, string>>;
  /** A command that replaces the built program; it may start that. */
  command?: readonly [string, ...string[]];
};

export type Seen = string | RegExp | ((screen: readonly string[]) => boolean);

export type TerminalExit = { exitCode: number; signal: number | null };

export type Terminal = {
  pid: number;
  /** The rows as they are now, without trailing blanks. */
  screen(): string[];
  /** True while the program draws on the alternate screen. */
  isFullScreen(): boolean;
  /** The colour of the first occurrence of `text`: a palette index, null for the default. */
  colorOf(text: string): number | null;
  /** Resolves with the screen as soon as it shows this. */
  waitFor(what: Seen, patience?: Patience): Promise<string[]>;
  waitUntilGone(what: Exclude<Seen, () => boolean>, patience?: Patience): Promise<string[]>;
  /** Resolves with the screen when nothing was drawn for half a second, or for the given time. */
  whenStill(patience?: { stillMs?: number }): Promise<string[]>;
  /** Keys by name (`enter`, `ctrl-c`), or literal characters. */
  press(...keys: string[]): void;
  type(text: string): void;
  resize(columns: number, rows: number): void;
  /** Sends a signal to the program alone. */
  kill(signal: NodeJS.Signals): void;
  /** Closes the window: the kernel sends SIGHUP to the processes in it. */
  close(): void;
  exited: Promise<TerminalExit>;
  rawBytes(): string;
};

const keys = new Map([
  ['enter', '\r'],
  ['escape', '\u001B'],
  ['tab', '\t'],
  ['ctrl-c', '\u0003'],
  ['up', '\u001B[A'],
  ['down', '\u001B[B'],
  ['pageup', '\u001B[5~'],
  ['pagedown', '\u001B[6~'],
  ['home', '\u001B[H'],
  ['end', '\u001B[F'],
]);

export function openTerminal(call: TerminalCall): Terminal {
  const { args, columns = 120, rows = 36, cwd, env } = call;
  const { TERM = 'xterm-256color' } = env;
  const [file, ...before] = call.command ?? [process.execPath, programPath];
  const pty = spawn(file, [...before, ...args], {
    name: TERM,
    cols: columns,
    rows,
    cwd,
    env: { ...env, TERM },
  });
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  // Without it, an emoji would count as one cell.
  emulator.loadAddon(new UnicodeGraphemesAddon());
  emulator.onData((answer) => pty.write(answer));
  const watchers = new Set<() => void>();
  let bytes = '';
  let isOver = false;
  pty.onData((data) => {
    bytes += data;
    emulator.write(data, () => watchers.forEach((look) => look()));
  });
  const exited = new Promise<TerminalExit>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      isOver = true;
      // Pending output must be on the grid before the exit is reported.
      emulator.write('', () => resolve({ exitCode, signal: signal ? signal : null }));
    });
  });

  function screen(): string[] {
    const { active } = emulator.buffer;
    const lines: string[] = [];
    for (let row = 0; row < emulator.rows; row++) {
      lines.push(
        active
          .getLine(active.baseY + row)
          // Beyond its edge, the emulator keeps the text from when it was wider.
          ?.translateToString(false, 0, emulator.cols)
          .trimEnd() ?? '',
      );
    }
    return lines;
  }

  function shows(what: Seen): boolean {
    const lines = screen();
    if (typeof what === 'function') return what(lines);
    const text = lines.join('\n');
    return typeof what === 'string' ? text.includes(what) : what.test(text);
  }

  function waitUntil(what: string, holds: () => boolean, patience: Patience): Promise<string[]> {
    const { timeoutMs = patienceMs } = patience;
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        watchers.delete(look);
        clearTimeout(impatience);
      };
      const look = (): void => {
        if (!holds()) return;
        stop();
        resolve(screen());
      };
      const impatience = setTimeout(() => {
        stop();
        const state = isOver ? 'it has ended' : 'it runs';
        reject(
          new Error(
            `Timed out after ${timeoutMs} ms, waiting for ${what} (${state}):\n${framed(screen())}`,
          ),
        );
      }, timeoutMs);
      watchers.add(look);
      look();
    });
  }

  return {
    pid: pty.pid,
    screen,
    isFullScreen: () => emulator.buffer.active.type === 'alternate',
    colorOf: (text) => {
      const row = screen().findIndex((line) => line.includes(text));
      const line = emulator.buffer.active.getLine(emulator.buffer.active.baseY + row);
      // Cells and characters agree as long as no wide character comes before it.
      const cell = line?.getCell(screen()[row]?.indexOf(text) ?? 0);
      return cell === undefined || cell.isFgDefault() ? null : cell.getFgColor();
    },
    waitFor: (what, patience = {}) => waitUntil(said(what), () => shows(what), patience),
    waitUntilGone: (what, patience = {}) =>
      waitUntil(`the end of ${said(what)}`, () => !shows(what), patience),
    whenStill: ({ stillMs = 500 } = {}) =>
      new Promise((resolve) => {
        const rest = (): NodeJS.Timeout =>
          setTimeout(() => {
            watchers.delete(look);
            resolve(screen());
          }, stillMs);
        let quiet = rest();
        const look = (): void => {
          clearTimeout(quiet);
          quiet = rest();
        };
        watchers.add(look);
      }),
    press: (...names) => {
      for (const name of names) pty.write(keys.get(name) ?? name);
    },
    type: (text) => pty.write(text),
    resize: (toColumns, toRows) => {
      emulator.resize(toColumns, toRows);
      pty.resize(toColumns, toRows);
    },
    kill: (signal) => {
      if (!isOver) process.kill(pty.pid, signal);
    },
    close: () => (pty as unknown as { destroy(): void }).destroy(),
    exited,
    rawBytes: () => bytes,
  };
}

function said(what: Seen): string {
  return typeof what === 'string' ? JSON.stringify(what) : String(what);
}

function framed(screen: readonly string[]): string {
  return screen.map((line) => `| ${line}`).join('\n');
}
