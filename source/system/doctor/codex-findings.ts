// What `--doctor` finds about Codex, as a start looks for it: where it is, that it answers, that it can reach its model
// provider, and that its sandbox runs a command. No model is called.

import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fine, noted, stopping, type Found } from '../../core/doctor/finding.ts';
import { loginFound } from '../../core/doctor/login.ts';
import { noSandbox } from '../../core/failure/failure.ts';
import { defaultRunSettings } from '../../core/run/settings.ts';
import { cleanLine } from '../../core/text/clean.ts';
import { runCheck } from '../check/run-check.ts';
import { readModelProvider } from '../codex-configuration.ts';
import type { CodexSurroundings } from '../codex-surroundings.ts';
import { askProgram } from '../process/ask-program.ts';
import { programOf } from '../process/codex-process.ts';
import { codexVersion, whyGitIsOpen } from '../process/codex-version.ts';
import type { Environment } from '../state/state-files.ts';

const patienceMs = 15_000;
const sandboxMs = 30_000;

export async function versionFound(codex: string): Promise<Found> {
  const version = await codexVersion(codex, patienceMs);
  if (version === null) {
    return stopping(`${codex} does not say its version: it may be broken, so install Codex anew`);
  }
  const open = await whyGitIsOpen(codex);
  return open === null ? fine(`${version} (${codex})`) : noted(`${open} (${codex})`);
}

export async function codexLoginFound(
  codex: string,
  profile: string | null,
  environment: Environment,
): Promise<Found> {
  const [program, ...before] = await programOf(codex);
  const answer = await askProgram([program, ...before, 'login', 'status'], patienceMs);
  const said = `${answer.stderr}\n${answer.stdout}`;
  const isSet = (name: string): boolean => (environment[name] ?? '') !== '';
  const provider = await readModelProvider(environment, profile);
  return loginFound({ exitCode: answer.exitCode, said }, provider, isSet);
}

type SandboxTrial = {
  project: string;
  codex: string;
  surroundings: CodexSurroundings;
  /** A directory of the state, for the output. */
  directory: string;
};

/** Runs a command in the sandbox, as a check is run. */
export async function sandboxFound({
  project,
  codex,
  surroundings,
  directory,
}: SandboxTrial): Promise<Found> {
  const { interruptGraceMs, terminateGraceMs, toolEnvironment } = defaultRunSettings;
  const outputPath = join(directory, `doctor-${process.pid}.txt`);
  const { outcome, tail } = await runCheck({
    check: { command: 'true', network: false },
    sandbox: 'workspace-write',
    project,
    codex,
    writable: surroundings.writable,
    arguments: surroundings.arguments,
    toolEnvironment,
    uuid: randomUUID(),
    outputPath,
    timeoutMs: sandboxMs,
    interruptGraceMs,
    terminateGraceMs,
  }).done;
  await rm(outputPath, { force: true });
  if (outcome === 'passed') return fine('Codex runs commands in it');
  const said = cleanLine(tail, { maxLength: 300 });
  return stopping(
    /bwrap|namespace|sandbox|seccomp|landlock/iu.test(said)
      ? `${noSandbox(said).sentence} (${said})`
      : `Codex runs no command in its sandbox: ${said}`,
  );
}
