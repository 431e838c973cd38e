// Which version of Codex is installed, and whether its sandbox keeps a session from changing the repository: 0.98 let it
// write `.git/config`, and 0.130 refuses. Asked once for each file of Codex: an update during a run may change it.

import { realpath, stat } from 'node:fs/promises';
import { askProgram } from './ask-program.ts';
import { programOf } from './codex-process.ts';

const patienceMs = 30_000;
/** The first minor version that is known to refuse. */
const firstThatRefuses = 130;

let known: { key: string; problem: string | null } | null = null;

/** Why sessions of this Codex can change the repository itself; null if they cannot. */
export async function whyGitIsOpen(codex: string): Promise<string | null> {
  const path = await realpath(codex).catch(() => codex);
  const found = await stat(path).catch(() => null);
  const key = `${path} ${found?.mtimeMs} ${found?.size}`;
  if (known?.key !== key) known = { key, problem: await askedProblem(codex) };
  return known.problem;
}

async function askedProblem(codex: string): Promise<string | null> {
  const version = await codexVersion(codex, patienceMs);
  if (version === null) return 'Codex does not say its version';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 0 || minor >= firstThatRefuses) return null;
  return `Codex ${version} lets a session change the repository's own files: update it`;
}

/** Null if it does not say it in time. */
export async function codexVersion(codex: string, timeoutMs: number): Promise<string | null> {
  const [program, ...before] = await programOf(codex);
  const { stdout } = await askProgram([program, ...before, '--version'], timeoutMs);
  return /\b\d+\.\d+\.\d+\b/.exec(stdout)?.[0] ?? null;
}
