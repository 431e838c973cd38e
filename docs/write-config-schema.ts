// Writes config.schema.json from the schema that the program checks the user's configuration with.
// `npm run docs`; a test fails when they differ.

import { writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { schemaAddress } from '../source/core/configuration-keys.ts';
import { userFile } from '../source/system/configuration-schema.ts';
import { defaultConfiguration, times } from '../source/system/configuration.ts';

type Schema = Record<string, unknown> & { properties: Record<string, SettingSchema> };

export type SettingSchema = {
  description: string;
  enum?: string[];
  examples?: unknown[];
  default?: unknown;
};

/** Draft 7, which every editor knows. */
export function configSchema(): Schema {
  const { $schema, ...schema } = z.toJSONSchema(userFile, { target: 'draft-7' });
  const properties = schema.properties as Record<string, SettingSchema>;
  for (const [name, value] of Object.entries(defaults())) {
    properties[name] = { ...properties[name]!, default: value };
  }
  return {
    $schema,
    $id: schemaAddress,
    title: 'Configuration of autonomous-tui',
    description: '~/.config/autonomous-tui/config.json',
    ...schema,
    properties,
  };
}

/** Those that do not depend on the terminal or the machine. */
function defaults(): Record<string, unknown> {
  const { mouse, settings, checking, worktree, planOnly } = defaultConfiguration;
  const { sessionsAtOnce, reservePercent, toolEnvironment, projectCodexConfig, review } = settings;
  const seconds: Record<string, number> = {};
  for (const [name, ms] of Object.entries(times)) seconds[name] = settings[ms] / 1000;
  const { checks: check, checkMs, guard, checkpoints, checkpointsKeptMs } = checking;
  return {
    mouse,
    sessionsAtOnce,
    reservePercent,
    toolEnvironment,
    projectCodexConfig,
    ...seconds,
    check,
    checkSeconds: checkMs / 1000,
    checkpointDays: checkpointsKeptMs / (24 * 60 * 60 * 1000),
    guard,
    review,
    checkpoints,
    worktree,
    planOnly,
  };
}

if (process.argv[1] === import.meta.filename) {
  const path = new URL('../config.schema.json', import.meta.url);
  await writeFile(path, `${JSON.stringify(configSchema(), null, 2)}\n`);
}
