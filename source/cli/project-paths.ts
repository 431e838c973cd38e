// Where the project and its state lie: all that a command needs to know before it looks, or the sentence that says
// what is wrong, and the exit code.

import { isAbsolute } from 'node:path';
import type { Call } from './invocation.ts';
import { exitCodes } from './exit-codes.ts';
import { findProject } from '../system/project.ts';
import { stateHome } from '../system/state/state-files.ts';

export type Place = {
  /** The project's real path. */
  project: string;
  /** Where state lies, see stateHome(). */
  home: string;
};

export function findPlace(call: Call): Place | { problem: string; exitCode: number } {
  const current = currentDirectory();
  const isNeeded = call.directory === null || !isAbsolute(call.directory);
  if (current === null && isNeeded) {
    const problem =
      'The current directory is gone: change to another one, or name the project with --cd';
    return { problem, exitCode: exitCodes.failed };
  }
  const project = findProject(call.directory, current ?? '/');
  if ('problem' in project) return { problem: project.problem, exitCode: exitCodes.failed };
  return { project: project.path, home: stateHome(process.env) };
}

/** Null when somebody removed it while we were in it. */
function currentDirectory(): string | null {
  try {
    return process.cwd();
  } catch {
    return null;
  }
}
