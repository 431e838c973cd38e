// Which Codex. Resolved once, to an absolute path: an agent that plants a `codex` in the project must not be
// able to choose what runs next, so one inside the project is refused unless the person names it.

import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Environment } from '../state/state-files.ts';

export type CodexPath = { path: string } | { problem: string };

export const howToInstallCodex = 'npm install -g @openai/codex';

export type CodexSearch = {
  /** `--codex`: taken as it is. */
  named: string | null;
  /** The person's configuration: a path that means the same wherever one stands. */
  configured?: string | null;
  environment: Environment;
  project: string;
};

export async function findCodex(search: CodexSearch): Promise<CodexPath> {
  const { named, configured = null, environment, project } = search;
  if (named !== null) return namedCodex(named, '--codex');
  const byEnvironment = environment['AUTONOMOUS_CODEX'];
  if (byEnvironment !== undefined && byEnvironment !== '') {
    return outside(
      await namedCodex(byEnvironment, 'AUTONOMOUS_CODEX'),
      project,
      'AUTONOMOUS_CODEX',
    );
  }
  if (configured !== null) {
    if (!isAbsolute(configured)) {
      return { problem: `The configuration names ${configured} for Codex: give the whole path` };
    }
    return outside(await namedCodex(configured, 'The configuration'), project, 'the configuration');
  }
  let refused: CodexPath | null = null;
  for (const directory of (environment['PATH'] ?? '').split(delimiter)) {
    if (!isAbsolute(directory)) continue;
    const path = join(directory, 'codex');
    if (!(await isExecutable(path))) continue;
    const found = await outside({ path }, project, 'the PATH');
    if ('path' in found) return found;
    refused ??= found;
  }
  const packaged = await packagedCodex();
  if (packaged !== null) return { path: packaged };
  return refused ?? { problem: `Codex was not found: install it with ${howToInstallCodex}` };
}

async function namedCodex(name: string, by: string): Promise<CodexPath> {
  const path = resolve(name);
  if (await isExecutable(path)) return { path };
  return {
    problem: `${by} names ${name}, which is no program that can be run: name Codex's, or install it with ${howToInstallCodex}`,
  };
}

/** Both where it is named and where it really lies count. */
async function outside(found: CodexPath, project: string, where: string): Promise<CodexPath> {
  if ('problem' in found) return found;
  const real = await realpath(found.path);
  if (!isInside(found.path, project) && !isInside(real, project)) return found;
  return {
    problem: `The Codex in ${where} lies inside the project (${found.path}), where an agent could have put it: name it with --codex if you trust it`,
  };
}

/**
 * A PATH without what lies in the project, or depends on where one stands: `npm run` and `npx` put the project's
 * `node_modules/.bin` first. Codex itself runs `git` by the PATH, outside of its sandbox.
 */
export async function pathOutside(path: string, project: string): Promise<string> {
  const kept: string[] = [];
  for (const directory of path.split(delimiter)) {
    if (!isAbsolute(directory) || isInside(directory, project)) continue;
    const real = await realpath(directory).catch(() => directory);
    if (!isInside(real, project)) kept.push(directory);
  }
  return kept.join(delimiter);
}

/** The one installed beside this program, if any. */
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

function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way.split(sep)[0] !== '..' && !isAbsolute(way);
}
