// How the installed Codex wants `codex sandbox` to be called. Its help is asked once for each file of Codex: an update
// during a run may change it.

import { realpath, stat } from 'node:fs/promises';
import { execa } from 'execa';
import { sandboxForm, subcommandIn, type SandboxForm } from '../../core/check/sandbox-arguments.ts';
import { programOf } from '../process/codex-process.ts';

type CodexProgram = { codex: string; environment: { PATH?: string } };

const patienceMs = 30_000;

let known: { key: string; form: SandboxForm } | null = null;

/** Throws with the reason if Codex cannot be asked. */
export async function formOf(program: CodexProgram): Promise<SandboxForm> {
  const path = await realpath(program.codex);
  const { mtimeMs, size } = await stat(path);
  const key = `${path} ${mtimeMs} ${size}`;
  if (known?.key !== key) known = { key, form: await askedForm(program) };
  return known.form;
}

async function askedForm(program: CodexProgram): Promise<SandboxForm> {
  const help = await helpOf(program, []);
  const subcommand = subcommandIn(help, process.platform);
  const subHelp = subcommand === null ? '' : await helpOf(program, [subcommand]);
  return sandboxForm(help, subHelp, process.platform);
}

async function helpOf(
  { codex, environment }: CodexProgram,
  subcommands: readonly string[],
): Promise<string> {
  const [program, ...before] = await programOf(codex);
  const { stdout } = await execa(program, [...before, 'sandbox', ...subcommands, '--help'], {
    // Not the project: nothing there has a say.
    cwd: '/',
    env: environment,
    stdin: 'ignore',
    timeout: patienceMs,
  });
  return stdout;
}
