// The real Codex, as installed for development, run like our program runs it: with three files as descriptors, in a
// process group of its own, and without any of the developer's environment that could change the outcome.

import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codexArguments } from '../../source/core/codex/arguments.ts';
import type { Sandbox } from '../../source/core/task/task.ts';
import type { Workspace } from './workspace.ts';

/** The npm launcher, a Node script, as users have it in the PATH. */
export const codexPath = fileURLToPath(new URL('../../node_modules/.bin/codex', import.meta.url));

/**
 * What the launcher replaces itself with. Started directly, a session does not wait for a Node first: a seventh of a short one.
 * headless.test.ts, package.test.ts and the trials start the launcher.
 */
export const codexProgram = installedProgram() ?? codexPath;

/**
 * Comes first in the PATH. To name this machine to its server, each session of Codex runs `lsb_release`, a script that starts
 * twenty processes: a fifth of a short session. As on machines without it, Codex reads /etc/os-release instead.
 */
export const programsPath = fileURLToPath(new URL('../fixtures/programs', import.meta.url));

/** Codex is in the PATH, as for users. Then comes the development Node, as under `npm run`: the launcher is a script. */
export const worldPath = [
  programsPath,
  dirname(codexProgram),
  dirname(codexPath),
  process.env['PATH'] ?? '',
].join(delimiter);

export type CodexRun = {
  /** The arguments, starting with `exec`; the prompt comes on stdin. */
  args: readonly string[];
  prompt: string;
  cwd: string;
  codexHome: string;
  /** Added to those that every run gets (`environmentOf`). */
  env?: Readonly<Record<string, string>>;
};

export type CodexResult = {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** What Codex wrote to stdout, line by line. */
  lines: readonly string[];
  stderr: string;
};

/** Longer than any session in a test. It ends what a test that gave up has left behind. */
const patienceMs = 60_000;

export async function runCodex(run: CodexRun): Promise<CodexResult> {
  const runs = join(dirname(run.codexHome), 'runs');
  await mkdir(runs, { recursive: true });
  const directory = await mkdtemp(join(runs, 'run-'));
  const promptPath = join(directory, 'prompt.md');
  const stdoutPath = join(directory, 'stdout');
  const stderrPath = join(directory, 'stderr');
  await writeFile(promptPath, run.prompt);
  const files = [
    await open(promptPath, 'r'),
    await open(stdoutPath, 'a'),
    await open(stderrPath, 'a'),
  ];
  const child = spawn(codexProgram, run.args, {
    cwd: run.cwd,
    env: { ...environmentOf(run), ...run.env },
    stdio: files.map((file) => file.fd),
    detached: true,
  });
  const impatience = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), patienceMs);
  try {
    const ending = await new Promise<Pick<CodexResult, 'exitCode' | 'signal'>>(
      (resolve, reject) => {
        child.once('error', reject);
        child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
      },
    );
    const stdout = await readFile(stdoutPath, 'utf8');
    const lines = stdout.split('\n').filter((line) => line !== '');
    return { ...ending, lines, stderr: await readFile(stderrPath, 'utf8') };
  } finally {
    clearTimeout(impatience);
    for (const file of files) await file.close();
  }
}

/** One session with a prompt, in the workspace's project. `resumes` is the id of a thread to continue. */
export function runSession(
  { project, codexHome, home }: Workspace,
  session: { prompt: string; sandbox?: Sandbox; resumes?: string },
): Promise<CodexResult> {
  const { sandbox = 'workspace-write', resumes = null } = session;
  const args = codexArguments({ sandbox, resumes, extra: [], uuid: randomUUID() });
  return runCodex({ args, prompt: session.prompt, cwd: project, codexHome, env: { HOME: home } });
}

/** Of this machine's platform: `@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex`. */
function installedProgram(): string | undefined {
  const packages = fileURLToPath(new URL('../../node_modules/@openai', import.meta.url));
  const name = `codex-${process.platform}-${process.arch}`;
  return globSync(join(packages, name, 'vendor', '*', 'bin', 'codex'))[0];
}

/** The message of the log's `turn.failed`, or null. */
export function failureIn(lines: readonly string[]): string | null {
  const error = eventsIn(lines).findLast((event) => event.type === 'turn.failed')?.error;
  return error?.message ?? null;
}

export type LoggedEvent = {
  type: string;
  thread_id?: string;
  error?: { message: string };
  item?: { type: string; text?: string; command?: string; exit_code?: number | null };
};

export function eventsIn(lines: readonly string[]): LoggedEvent[] {
  return lines.map((line) => JSON.parse(line) as LoggedEvent);
}

function environmentOf({ codexHome }: CodexRun): Record<string, string> {
  return { PATH: worldPath, HOME: dirname(codexHome), LANG: 'C.UTF-8', CODEX_HOME: codexHome };
}
