// A configuration file: its path, its JSON, and which of its keys are known. configuration.ts has the rules for the
// values; this part loads no package, because every `--list` reads the file.

import { realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { checkKeys, type CheckedKeys } from '../core/configuration-keys.ts';
import { isObject, type JsonObject } from '../core/json/json.ts';
import { cleanLine } from '../core/text/clean.ts';
import { errorMessage } from '../core/text/error-message.ts';
import { readSmallFileNow } from './files/plain-file.ts';
import type { Environment } from './state/state-files.ts';

const maxConfigurationBytes = 64 * 1024;

export function configurationPath(environment: Environment): string {
  const home = environment['XDG_CONFIG_HOME'];
  const base = home !== undefined && isAbsolute(home) ? home : join(homedir(), '.config');
  return join(base, 'autonomous-tui', 'config.json');
}

type UserFile = CheckedKeys & {
  /** Its real path. */
  path: string;
};

/** The user's own file may be a link: many users keep such files in a repository. */
export function readUserFile(environment: Environment): UserFile | { problem: string } {
  const path = realPathOf(configurationPath(environment));
  const found = readObject(path);
  if ('problem' in found) return found;
  const { known, warnings } = checkKeys(found.value, path);
  return { path, known, warnings: [...warnings, ...projectWarnings(known['projects'], path)] };
}

/** For commands that use no setting: the warnings that the other commands print about the file. */
export function configurationWarnings(environment: Environment): readonly string[] {
  const found = readUserFile(environment);
  return 'problem' in found ? [found.problem] : found.warnings;
}

const mostProjectsNamed = 5;

/** Settings under a path that leads to no project would never count, and nothing would show it. */
function projectWarnings(projects: unknown, path: string): string[] {
  if (!isObject(projects)) return [];
  const wrong = Object.keys(projects).flatMap((project) => {
    const why = whyNoProject(project);
    const named = cleanLine(project, { maxLength: 200 });
    return why === null
      ? []
      : [`The configuration names the project ${named}, which ${why}: see "projects" in ${path}`];
  });
  return wrong.slice(0, mostProjectsNamed);
}

function whyNoProject(project: string): string | null {
  // A relative path would mean another project in each directory.
  if (!isAbsolute(project)) return 'is not an absolute path';
  try {
    return statSync(project, { throwIfNoEntry: false }) === undefined ? 'does not exist' : null;
  } catch {
    // It cannot be looked at, so it may be there.
    return null;
  }
}

/** An empty object if there is no file. */
export function readObject(path: string): { value: JsonObject } | { problem: string } {
  let text: string;
  try {
    const file = readSmallFileNow(path, { maxBytes: maxConfigurationBytes });
    if (file === null) return { value: {} };
    text = file.text;
  } catch (error) {
    return { problem: errorMessage(error) };
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

export function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
