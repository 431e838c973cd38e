// The built program in a pipe, as a script would run it.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { until, type Patience } from './until.ts';

export const programPath = fileURLToPath(new URL('../../dist/autonomous-tui.js', import.meta.url));

export const packageVersion = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  }
).version;

/** What `--version` prints. */
export const versionLines = new RegExp(
  `^${packageVersion.replaceAll('.', '\\.')}\nNode \\d+\\.\\d+\\.\\d+\nCodex \\d+\\.\\d+\\.\\d+ \\(/.*\\)\n$`,
);

export type ProgramCall = {
  args: readonly string[];
  cwd: string;
  /** The whole environment: nothing comes from the developer's own. */
  env: Readonly<Record<string, string>>;
  /** The Node to use; default: this one. */
  node?: string;
  /** The program's path; default: where it was built. */
  program?: string;
  /** For its stdin; default: none. */
  input?: string;
};

export type ProgramResult = {
  stdout: string;
  stderr: string;
  exitCode: number | null;
  signal: NodeJS.Signals | null;
};

export type RunningProgram = {
  pid: number;
  stdout(): string;
  /** Waits until stdout contains it. */
  waitFor(what: string | RegExp, patience?: Patience): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Closes the reading end of stdout. */
  hangUp(): void;
  ended: Promise<ProgramResult>;
};

export function startProgram({
  args,
  cwd,
  env,
  node,
  program,
  input,
}: ProgramCall): RunningProgram {
  const child = spawn(node ?? process.execPath, [program ?? programPath, ...args], {
    cwd,
    env,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  // It may not read all of it.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  let stdout = '';
  let stderr = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<ProgramResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => resolve({ stdout, stderr, exitCode, signal }));
  });
  // The test sees a rejection when it awaits; a test that failed before that must not fail twice.
  ended.catch(() => {});
  return {
    pid: child.pid!,
    stdout: () => stdout,
    waitFor: async (what, patience) => {
      const holds = (): boolean =>
        typeof what === 'string' ? stdout.includes(what) : what.test(stdout);
      await until(`stdout holds ${String(what)}`, holds, patience).catch((error: unknown) => {
        throw new Error(`${String(error)}\nstdout:\n${stdout}\nstderr:\n${stderr}`);
      });
    },
    kill: (signal) => void child.kill(signal),
    hangUp: () => void child.stdout!.destroy(),
    ended,
  };
}

/** A run may be many sessions. Shorter than a test's timeout, so that a run that hangs shows what it printed. */
const runPatienceMs = 80_000;

/** Runs the program to its end. If it hangs it is killed, which its signal shows. */
export async function runProgram(
  call: ProgramCall,
  { timeoutMs = runPatienceMs }: Patience = {},
): Promise<ProgramResult> {
  const program = startProgram(call);
  const impatience = setTimeout(() => program.kill('SIGKILL'), timeoutMs);
  try {
    return await program.ended;
  } finally {
    clearTimeout(impatience);
  }
}
