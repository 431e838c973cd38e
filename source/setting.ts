// What every command needs to know before it begins: project, state, configuration; or the sentence that
// says what is wrong, and the exit code.

import { isAbsolute } from 'node:path';
import { exitCodes } from './exit-codes.ts';
import type { Call } from './arguments.ts';
import type { Place } from './reading-doors.ts';
import type { Configuration } from './system/configuration.ts';
import { findProject } from './system/project.ts';
import { stateHome } from './system/state-files.ts';

export type Setting = { place: Place; configuration: Configuration };

export type SettingFound = Setting | { problem: string; exitCode: number };

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

export async function findSetting(call: Call): Promise<SettingFound> {
  const place = findPlace(call);
  if ('problem' in place) return place;
  const { readConfiguration } = await import('./system/configuration.ts');
  const found = await readConfiguration(process.env, place.project);
  if ('problem' in found) return { problem: found.problem, exitCode: exitCodes.wrongUsage };
  return { place, configuration: found.configuration };
}

/** Null when somebody removed it while we were in it. */
function currentDirectory(): string | null {
  try {
    return process.cwd();
  } catch {
    return null;
  }
}
