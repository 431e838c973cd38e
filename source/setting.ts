// What a command that works or watches needs to know before it begins: place and configuration; or the sentence that
// says what is wrong, and the exit code. What of the configuration is ignored is said on stderr.

import type { Call } from './call.ts';
import { warn } from './complain.ts';
import { exitCodes } from './exit-codes.ts';
import { findPlace, type Place } from './place.ts';
import type { Configuration } from './system/configuration.ts';

export type Setting = { place: Place; configuration: Configuration };

export type SettingFound = Setting | { problem: string; exitCode: number };

export async function findSetting(call: Call): Promise<SettingFound> {
  const place = findPlace(call);
  if ('problem' in place) return place;
  const { readConfiguration } = await import('./system/configuration.ts');
  const found = readConfiguration(process.env, place.project);
  if ('problem' in found) return { problem: found.problem, exitCode: exitCodes.wrongUsage };
  const { configuration } = found;
  for (const warning of configuration.warnings) warn(warning);
  return { place, configuration };
}
