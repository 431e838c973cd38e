// Which git to run: the first in the PATH that neither lies in nor leads through a directory that a session may write,
// where an agent could have put it, and that is new enough to be told its configuration by the environment.

import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { execa } from 'execa';
import { directoryAround, writableDirectories } from '../process/writable-directories.ts';
import type { Environment } from '../state/state-files.ts';

type GitProgram = { path: string; version: string } | { problem: string };

/** The first version that reads GIT_CONFIG_COUNT. */
const oldest = [2, 31] as const;
const patienceMs = 10_000;

/** `roots`: what a session may write beside the project and the temporary directories. */
export async function findGit(
  environment: Environment,
  project: string,
  roots: readonly string[] = [],
): Promise<GitProgram> {
  const writable = await writableDirectories(project, environment, roots);
  for (const directory of (environment['PATH'] ?? '').split(delimiter)) {
    if (!isAbsolute(directory)) continue;
    const path = join(directory, 'git');
    if (!(await isExecutable(path))) continue;
    if ((await directoryAround(path, writable)) !== null) continue;
    return withVersion(path);
  }
  return { problem: 'git is not installed' };
}

async function withVersion(path: string): Promise<GitProgram> {
  const { stdout } = await execa(path, ['--version'], {
    cwd: '/',
    env: { LC_ALL: 'C' },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    timeout: patienceMs,
  });
  const [, version = '', major = '', minor = ''] =
    /^git version ((\d+)\.(\d+)\S*)/.exec(stdout) ?? [];
  const [first, second] = [Number(major), Number(minor)];
  if (version === '') return { problem: `${path} does not say its version` };
  if (first > oldest[0] || (first === oldest[0] && second >= oldest[1])) return { path, version };
  return { problem: `git ${version} is too old: ${oldest.join('.')} or later is needed` };
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
