// Where the project and its state are: all that a read-only command needs to know, or a sentence that says what is
// wrong, with the exit code.

import { isAbsolute } from 'node:path';
import type { Invocation } from './invocation.ts';
import { exitCodes } from './exit-codes.ts';
import { findProject } from '../system/project.ts';
import { stateHome } from '../system/state/state-files.ts';

export type ProjectPaths = {
  /** The project's real path. */
  project: string;
  /** Where the state is, see stateHome(). */
  home: string;
};

export function findProjectPaths(
  invocation: Invocation,
): ProjectPaths | { problem: string; exitCode: number } {
  const current = currentDirectory();
  const isNeeded = invocation.directory === null || !isAbsolute(invocation.directory);
  if (current === null && isNeeded) {
    const problem =
      'The current directory no longer exists. Change to another one, or give the project with --cd';
    return { problem, exitCode: exitCodes.failed };
  }
  const project = findProject(invocation.directory, current ?? '/');
  if ('problem' in project) return { problem: project.problem, exitCode: exitCodes.failed };
  return { project: project.path, home: stateHome(process.env) };
}

/** Null if it was removed while we were in it. */
function currentDirectory(): string | null {
  try {
    return process.cwd();
  } catch {
    return null;
  }
}
