// A full-screen program in a real PTY, seen from outside: what it writes and what it costs.

import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { costOf, type Cost } from '../process-cost.ts';

export type ScreenCall = {
  command: string;
  args: readonly string[];
  cwd: string;
  env: Record<string, string>;
  columns: number;
  rows: number;
};

export type ScreenProgram = {
  pid: number;
  /** From performance.now(). */
  startedAt: number;
  /** Bytes written so far. */
  bytes(): number;
  cost(): Cost;
  press(keys: string): void;
  resize(columns: number, rows: number): void;
  /** Rows as text. */
  screen(): string[];
  /** Resolves when all output so far is on the grid. */
  settled(): Promise<void>;
  /** Resolves with the time, in ms, of the next byte. */
  nextByte(): Promise<number>;
  /** Resolves as soon as the screen matches. */
  until(what: RegExp, timeoutMs?: number): Promise<void>;
  end(): Promise<void>;
};

export function openScreen(call: ScreenCall): ScreenProgram {
  const { command, args, cwd, env, columns, rows } = call;
  const startedAt = performance.now();
  const pty = spawn(command, [...args], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd,
    env: { ...env, TERM: 'xterm-256color' },
  });
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  emulator.onData((answer) => pty.write(answer));
  let bytes = 0;
  const listeners = new Set<(data: string) => void>();
  pty.onData((data) => {
    bytes += Buffer.byteLength(data);
    emulator.write(data);
    for (const listener of listeners) listener(data);
  });
  const exited = new Promise<void>((resolve) => pty.onExit(() => resolve()));

  const screen = (): string[] => {
    const { active } = emulator.buffer;
    return Array.from(
      { length: emulator.rows },
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
    );
  };

  return {
    pid: pty.pid,
    startedAt,
    bytes: () => bytes,
    cost: () => costOf(pty.pid),
    press: (keys) => pty.write(keys),
    resize: (toColumns, toRows) => {
      emulator.resize(toColumns, toRows);
      pty.resize(toColumns, toRows);
    },
    screen,
    settled: () => new Promise((resolve) => emulator.write('', resolve)),
    nextByte: () =>
      new Promise((resolve) => {
        const listener = (): void => {
          listeners.delete(listener);
          resolve(performance.now());
        };
        listeners.add(listener);
      }),
    until: (what, timeoutMs = 20_000) =>
      new Promise((resolve, reject) => {
        const stop = (): void => {
          clearTimeout(timer);
          listeners.delete(look);
        };
        const look = (): void => {
          emulator.write('', () => {
            if (!what.test(screen().join('\n'))) return;
            stop();
            resolve();
          });
        };
        const timer = setTimeout(() => {
          stop();
          reject(new Error(`waited in vain for ${String(what)}:\n${screen().join('\n')}`));
        }, timeoutMs);
        listeners.add(look);
        look();
      }),
    end: async () => {
      pty.kill('SIGTERM');
      await exited;
    },
  };
}
