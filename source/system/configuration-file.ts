// A configuration file as it lies there: where it is, its JSON, and which of its keys are known. What the values
// have to be is in configuration.ts; this part loads no package, because every `--list` reads the file.

import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { checkKeys, type CheckedKeys } from '../core/configuration-keys.ts';
import { isObject, type JsonObject } from '../core/json.ts';
import { said } from '../core/said.ts';
import { readSmallFileNow } from './plain-file.ts';
import type { Environment } from './state-files.ts';

const maxConfigurationBytes = 64 * 1024;

export function configurationPath(environment: Environment): string {
  const home = environment['XDG_CONFIG_HOME'];
  const base = home !== undefined && isAbsolute(home) ? home : join(homedir(), '.config');
  return join(base, 'autonomous-tui', 'config.json');
}

export type UserFile = CheckedKeys & {
  /** Where it really lies. */
  path: string;
};

/** The user's own file may be a link: many keep such files together, in a repository. */
export function readUserFile(environment: Environment): UserFile | { problem: string } {
  const path = realPathOf(configurationPath(environment));
  const found = readObject(path);
  return 'problem' in found ? found : { path, ...checkKeys(found.value, path) };
}

/** For commands that need nothing of the configuration: what the others would say about the file's keys. */
export function configurationWarnings(environment: Environment): readonly string[] {
  const found = readUserFile(environment);
  return 'problem' in found ? [found.problem] : found.warnings;
}

/** Empty where there is no file. */
export function readObject(path: string): { value: JsonObject } | { problem: string } {
  let text: string;
  try {
    const file = readSmallFileNow(path, { maxBytes: maxConfigurationBytes });
    if (file === null) return { value: {} };
    text = file.text;
  } catch (error) {
    return { problem: said(error) };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: `${path} is not valid JSON: fix it or remove it` };
  }
  return isObject(value)
    ? { value }
    : { problem: `${path} is not a JSON object: fix it or remove it` };
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
