// Which Codex to run, resolved once to an absolute path. An agent that plants a `codex` where it may write must not
// choose what runs next, so one in such a directory is refused unless the user names it with --codex.

import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import type { Environment } from '../state/state-files.ts';
import { directoryAround } from './writable-directories.ts';

export type CodexPath = { path: string } | { problem: string };

export const howToInstallCodex = 'npm install -g @openai/codex';

export type CodexSearch = {
  /** `--codex`: used as it is. */
  named: string | null;
  /** The user's configuration: must be an absolute path, so that it means the same in every directory. */
  configured?: string | null;
  environment: Environment;
  /** Every directory that a session may write, by their real paths; the project is the first. */
  writable: readonly string[];
};

export async function findCodex(search: CodexSearch): Promise<CodexPath> {
  const { named, configured = null, environment, writable } = search;
  if (named !== null) return namedCodex(named, '--codex');
  const byEnvironment = environment['AUTONOMOUS_CODEX'];
  if (byEnvironment !== undefined && byEnvironment !== '') {
    return outside(
      await namedCodex(byEnvironment, 'AUTONOMOUS_CODEX'),
      writable,
      'AUTONOMOUS_CODEX',
    );
  }
  if (configured !== null) {
    if (!isAbsolute(configured)) {
      return {
        problem: `"codex" in the configuration must be an absolute path, not ${configured}`,
      };
    }
    const found = await namedCodex(configured, '"codex" in the configuration');
    return outside(found, writable, 'the configuration');
  }
  let refused: CodexPath | null = null;
  for (const directory of (environment['PATH'] ?? '').split(delimiter)) {
    if (!isAbsolute(directory)) continue;
    const path = join(directory, 'codex');
    if (!(await isExecutable(path))) continue;
    const found = await outside({ path }, writable, 'the PATH');
    if ('path' in found) return found;
    refused ??= found;
  }
  const packaged = await packagedCodex();
  if (packaged !== null) {
    const found = await outside({ path: packaged }, writable, 'this package');
    if ('path' in found) return found;
    refused ??= found;
  }
  return refused ?? { problem: `Codex not found: install it with ${howToInstallCodex}` };
}

async function namedCodex(name: string, by: string): Promise<CodexPath> {
  const path = resolve(name);
  if (await isExecutable(path)) return { path };
  return {
    problem: `${by}: ${name} is not an executable. Give the path to codex, or install it: ${howToInstallCodex}`,
  };
}

async function outside(
  found: CodexPath,
  writable: readonly string[],
  where: string,
): Promise<CodexPath> {
  if ('problem' in found) return found;
  const around = await directoryAround(found.path, writable);
  if (around === null) return found;
  const place = around === writable[0] ? 'the project' : around;
  return {
    problem: `The codex from ${where} is inside ${place} (${found.path}), where an agent could have put it: name it with --codex if you trust it`,
  };
}

/**
 * The PATH without relative directories and those that a session may write: `npm run` and `npx` put the project's
 * `node_modules/.bin` first. Nor has it a directory where one of the programs that run outside of the sandbox is a link
 * to such a place.
 */
export async function pathOutside(path: string, writable: readonly string[]): Promise<string> {
  const kept: string[] = [];
  for (const directory of path.split(delimiter)) {
    if (!isAbsolute(directory)) continue;
    const programs = runOutside.map((name) => join(directory, name));
    if (!(await isAnyIn([directory, ...programs], writable))) kept.push(directory);
  }
  return kept.join(delimiter);
}

/** What Codex and its launcher run by the PATH, outside of the sandbox. */
const runOutside = ['git', 'node', 'bwrap', 'codex'];

async function isAnyIn(paths: readonly string[], directories: readonly string[]): Promise<boolean> {
  for (const path of paths) if ((await directoryAround(path, directories)) !== null) return true;
  return false;
}

/** The Codex installed with this program, if any. */
async function packagedCodex(): Promise<string | null> {
  try {
    const path = createRequire(import.meta.url).resolve('@openai/codex/bin/codex.js');
    return (await isExecutable(path)) ? path : null;
  } catch {
    return null;
  }
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
