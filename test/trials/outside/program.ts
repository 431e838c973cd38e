// Our program as a user starts it: on a terminal that stays open, or in a pipe.

import { spawn as spawnPlain } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { spawn as spawnOnTerminal } from '@lydell/node-pty';
import type { TrialWorld } from './trial-world.ts';

export const builtProgram = fileURLToPath(
  new URL('../../../dist/autonomous-tui.js', import.meta.url),
);

export type OnTerminal = {
  pid: number;
  /** True until it has ended for any reason. */
  isOpen(): boolean;
  ended: Promise<void>;
  press(keys: string): void;
  /** Its last output, for the case that it ends by itself. */
  lastWords(): string;
  /** Closes the window: the kernel sends SIGHUP to the processes in it. */
  close(): void;
};

const keptCharacters = 4000;

/** What it draws is not read: a dashboard is observed only from outside, by its pid. */
export function openOnTerminal(place: TrialWorld, args: readonly string[]): OnTerminal {
  const terminal = spawnOnTerminal(process.execPath, [place.program, ...args], {
    name: 'xterm-256color',
    cols: 120,
    rows: 36,
    cwd: place.project,
    env: { ...place.env, TERM: 'xterm-256color' },
  });
  let isOpen = true;
  let words = '';
  terminal.onData((text) => (words = (words + text).slice(-keptCharacters)));
  const ended = new Promise<void>((resolve) => {
    terminal.onExit(() => {
      isOpen = false;
      resolve();
    });
  });
  return {
    pid: terminal.pid,
    isOpen: () => isOpen,
    ended,
    press: (keys) => terminal.write(keys),
    lastWords: () => words,
    close: () => (terminal as unknown as { destroy(): void }).destroy(),
  };
}

export type InPipe = {
  pid: number;
  stdout(): string;
  stderr(): string;
  ended: Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>;
};

/** `through`: what the command line begins with, where it is to run in another place. */
export function startInPipe(
  place: Pick<TrialWorld, 'program' | 'project' | 'env'>,
  args: readonly string[],
  through: readonly string[] = [],
): InPipe {
  const [program = '', ...words] = [...through, process.execPath, place.program, ...args];
  const child = spawnPlain(program, words, {
    cwd: place.project,
    env: place.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return {
    pid: child.pid!,
    stdout: () => stdout,
    stderr: () => stderr,
    ended: new Promise((resolve) =>
      child.once('close', (exitCode, signal) => resolve({ exitCode, signal })),
    ),
  };
}
