// The context of a command that works or watches: project paths and configuration; or a sentence that says what is
// wrong, with the exit code.

import type { Call } from './invocation.ts';
import { exitCodes } from './exit-codes.ts';
import { findPlace, type Place } from './project-paths.ts';
import type { Configuration } from '../system/configuration.ts';

export type Setting = { place: Place; configuration: Configuration };

export type SettingFound = Setting | { problem: string; exitCode: number };

export async function findSetting(call: Call): Promise<SettingFound> {
  const place = findPlace(call);
  if ('problem' in place) return place;
  const { readConfiguration } = await import('../system/configuration.ts');
  const found = await readConfiguration(process.env, place.project);
  if ('problem' in found) return { problem: found.problem, exitCode: exitCodes.wrongUsage };
  return { place, configuration: found.configuration };
}
