// What `--doctor` finds on the machine, by the checks that a start makes: the state directory, its locks, disk space, git,
// and the command that tells the user.

import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { fine, noted, stoppingIf, type Found } from '../../core/doctor/finding.ts';
import { fullDisk } from '../files/disk-space.ts';
import { findGit } from '../git/program.ts';
import { findRepository } from '../git/repository.ts';
import { codexHome, machineDirectory } from '../state/machine-directory.ts';
import type { Environment } from '../state/state-files.ts';
import { stateWarning } from '../state/make-state.ts';

/** Makes it, as a start would. */
export async function stateFound(
  home: string,
  project: string,
  environment: Environment,
): Promise<Found> {
  await machineDirectory(home, environment).make();
  const warning = stateWarning(home, project);
  return warning === null ? fine(home) : noted(warning);
}

/** By the lock that a session takes to start; another one may hold it at this moment. */
export async function locksFound(home: string, environment: Environment): Promise<Found> {
  const lock = await machineDirectory(home, environment).takeStart();
  lock?.release();
  return fine('the file system of the state directory has them');
}

export async function diskFound(
  home: string,
  project: string,
  environment: Environment,
): Promise<Found> {
  const places = [
    { holds: 'the state', path: home },
    { holds: 'the project', path: project },
    { holds: "Codex's own files", path: codexHome(environment) },
  ];
  const free = await Promise.all(places.map(({ path }) => freeBytes(path)));
  const least = Math.min(...free.filter((bytes) => bytes !== null));
  const words = Number.isFinite(least) ? `${size(least)} free` : 'there is space';
  return stoppingIf(await fullDisk(places), words);
}

async function freeBytes(path: string): Promise<number | null> {
  return statfs(path).then(
    ({ blocks, bavail, bsize }) => (blocks > 0 ? bavail * bsize : null),
    () => null,
  );
}

function size(bytes: number): string {
  const gigabytes = bytes / 1024 ** 3;
  return gigabytes >= 1 ? `${Math.floor(gigabytes)} GB` : `${Math.floor(bytes / 1024 ** 2)} MB`;
}

const withoutGit = 'there are no checkpoints, no --diff, --undo and no worktrees';

export async function gitFound(
  project: string,
  environment: Environment,
  roots: readonly string[],
): Promise<Found> {
  const git = await findGit(environment, project, roots);
  if ('problem' in git) return noted(`${git.problem}: ${withoutGit} before it is there`);
  const found = await findRepository(project);
  if ('repository' in found) return fine(`${git.version}, repository ${found.repository.root}`);
  return noted(
    found.problem === null
      ? `${git.version}, but the project is in no repository: ${withoutGit}. git init makes one`
      : `${found.problem}: ${withoutGit} before that is put right`,
  );
}

/** The command is not run: it would tell somebody. `byTerminal`: how an open dashboard tells; null if it does not. */
export async function notificationsFound(
  [program]: readonly string[],
  byTerminal: string | null,
  environment: Environment,
): Promise<Found> {
  if (program === undefined) {
    return byTerminal === null
      ? fine('none: "notify" in config.json names a command that tells you')
      : fine(
          `by an open dashboard (${byTerminal}), and no command is set: "notify" in config.json names one that tells you at any time`,
        );
  }
  const more = byTerminal === null ? '' : `, and by an open dashboard (${byTerminal})`;
  const places = isAbsolute(program)
    ? [program]
    : (environment['PATH'] ?? '').split(delimiter).map((directory) => join(directory, program));
  for (const path of places) {
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return fine(`by ${path}${more}`);
  }
  return noted(
    `${program} is not an executable, so you will not be told: correct "notify" in config.json`,
  );
}
