// The keys that the user's configuration may have, and the address of its JSON schema. The rules for the values need
// zod and are in system/configuration.ts: `--list` checks the keys and loads no package.

import { cleanLine } from './text/clean.ts';
import type { JsonObject } from './json/json.ts';

export const configurationKeys = [
  '$schema',
  'theme',
  'glyphs',
  'keys',
  'mouse',
  'codex',
  'restSeconds',
  'interruptGraceSeconds',
  'terminateGraceSeconds',
  'lingerSeconds',
  'resetMarginSeconds',
  'longestBackOffSeconds',
  'lookAgainSeconds',
  'silentSeconds',
  'commandSeconds',
  'networkSeconds',
  'handOnSeconds',
  'sessionsAtOnce',
  'accountAtOnce',
  'reservePercent',
  'toolEnvironment',
  'projectCodexConfig',
  'model',
  'profile',
  'check',
  'review',
  'guard',
  'checkpoints',
  'checkpointDays',
  'notify',
  'worktree',
  'prepare',
  'worktreesDirectory',
  'planOnly',
  'checkSeconds',
  'projects',
] as const;

export type ConfigurationKey = (typeof configurationKeys)[number];

/** The schema of the newest published version. */
export const schemaAddress = 'https://unpkg.com/autonomous-tui/config.schema.json';

/** A copy may be anywhere on this machine; an address on the web must name this program. */
export const schemaAddressPattern =
  /^(?:https?:\/\/(?:[^?#]*\/)?autonomous-tui(?:@[^/?#]*)?\/(?:[^?#]*\/)?|(?!https?:)(?:.*\/)?)config\.schema\.json$/u;

/** A longer text is not an address, and the pattern would take long on it. */
export const maxSchemaAddressLength = 2048;

export type CheckedKeys = {
  /** The known keys with their values, which are not checked yet. */
  known: JsonObject;
  /** One sentence each. The key comes before the path, because a status line is cut at its end. */
  warnings: readonly string[];
};

export function checkKeys(configuration: JsonObject, path: string): CheckedKeys {
  const names: ReadonlySet<string> = new Set(configurationKeys);
  const isKnown = ([key, value]: [string, unknown]): boolean =>
    key === '$schema' ? isSchemaAddress(value) : names.has(key);
  const entries = Object.entries(configuration);
  const unknown = entries.map(([key]) => key).filter((key) => !names.has(key));
  const warnings: string[] = [];
  if (unknown.length > 0) warnings.push(`${unknownKeys(unknown)} in ${path}: ignored`);
  if (Object.hasOwn(configuration, '$schema') && !isSchemaAddress(configuration['$schema'])) {
    warnings.push(`"$schema" in ${path} should be ${schemaAddress}: ignored`);
  }
  return { known: Object.fromEntries(entries.filter(isKnown)), warnings };
}

function isSchemaAddress(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value.length <= maxSchemaAddressLength &&
    schemaAddressPattern.test(value)
  );
}

const maxKeyLength = 60;
const maxKeysNamed = 5;

/** `Unknown keys "colour", "restSecond"` */
function unknownKeys(keys: readonly string[]): string {
  const named = keys
    .slice(0, maxKeysNamed)
    .map((key) => `"${cleanLine(key, { maxLength: maxKeyLength })}"`);
  const more = keys.length > maxKeysNamed ? ` and ${keys.length - maxKeysNamed} more` : '';
  return `Unknown ${keys.length === 1 ? 'key' : 'keys'} ${named.join(', ')}${more}`;
}
