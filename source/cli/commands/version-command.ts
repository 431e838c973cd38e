// `--version`: ours, Node's and Codex's, a line each. A built file of its own: `--list`, which is answered beside it, does
// not start programs. Ours is printed before Codex is asked, which may be slow, or missing.

import { tmpdir } from 'node:os';
import type { Invocation } from '../invocation.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import { readCodexConfiguration } from '../../system/codex-configuration.ts';
import { readUserFile } from '../../system/configuration-file.ts';
import { writeNow } from '../../system/files/write-now.ts';
import { findCodex } from '../../system/process/codex-path.ts';
import { codexVersion } from '../../system/process/codex-version.ts';
import { writableDirectories } from '../../system/process/writable-directories.ts';
import { exitCodes } from '../exit-codes.ts';
import { findProjectPaths } from '../project-paths.ts';

const patienceMs = 2000;
const maxLineLength = 4096;

export async function versionCommand(ours: string, invocation: Invocation): Promise<number> {
  writeNow('stdout', `${ours}\nNode ${process.versions.node}\n`);
  const line = await codexLine(invocation).catch(() => 'Codex cannot be looked for');
  writeNow('stdout', `${safeLine(line, maxLineLength)}\n`);
  return exitCodes.done;
}

async function codexLine(invocation: Invocation): Promise<string> {
  const environment = process.env;
  const paths = findProjectPaths(invocation);
  const project = 'problem' in paths ? tmpdir() : paths.project;
  const { writableRoots } = await readCodexConfiguration(environment);
  const found = await findCodex({
    named: null,
    configured: configuredCodex(),
    environment,
    writable: await writableDirectories(project, environment, writableRoots),
  });
  if ('problem' in found) return found.problem;
  const version = await codexVersion(found.path, patienceMs);
  return version === null
    ? `Codex at ${found.path} does not say its version`
    : `Codex ${version} (${found.path})`;
}

/** A configuration that is wrong is complained of by the commands that use it. */
function configuredCodex(): string | null {
  const file = readUserFile(process.env);
  if ('problem' in file) return null;
  const { codex } = file.known;
  return typeof codex === 'string' ? codex : null;
}
