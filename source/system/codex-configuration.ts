// What the user's own configuration of Codex says about where a session may write and which projects are trusted. Read
// with a maintained parser: whoever misreads it leaves a directory open. All profiles count, whichever is chosen,
// because a directory that one session may write is one where a program can be planted for another.
//
//   $CODEX_HOME/config.toml   $CODEX_HOME/NAME.config.toml (profiles)   /etc/codex/{config,managed_config}.toml

import { readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { ModelProvider } from '../core/doctor/login.ts';
import { isObject, type JsonObject } from '../core/json/json.ts';
import { codexHome } from './state/machine-directory.ts';
import type { Environment } from './state/state-files.ts';

type CodexConfiguration = {
  /** Absolute paths. */
  writableRoots: readonly string[];
  /** Absolute paths of the projects that the user trusts in Codex. */
  trusted: readonly string[];
  /** Those that the user called untrusted: there, Codex reads no AGENTS.md. */
  untrusted: readonly string[];
  /** Names of the profiles: up to 0.170 tables of config.toml, since 0.171 files of their own. */
  profiles: readonly string[];
  /** Whether the user turned on goals of Codex's own. */
  wantsGoals: boolean;
};

/** A longer file is not read by hand, nor written. */
const maxBytes = 4 * 1024 * 1024;

export async function readCodexConfiguration(
  environment: Environment,
  system = '/etc/codex',
): Promise<CodexConfiguration> {
  const home = resolve(codexHome(environment));
  const files = [
    join(home, 'config.toml'),
    ...(await profilesIn(home)),
    join(system, 'config.toml'),
    join(system, 'managed_config.toml'),
  ];
  const tables: JsonObject[] = [];
  for (const file of files) {
    const table = await readTable(file);
    if (table !== null) tables.push(table);
  }
  const absolute = (path: string): string =>
    /^~(?:\/|$)/u.test(path) ? join(homedir(), path.slice(1)) : resolve(home, path);
  return {
    writableRoots: [...new Set(tables.flatMap(rootsIn).map(absolute))],
    trusted: [...new Set(tables.flatMap((table) => projectsIn(table, 'trusted')))],
    untrusted: [...new Set(tables.flatMap((table) => projectsIn(table, 'untrusted')))],
    profiles: [
      ...(await profilesIn(home)).map((path) => basename(path, '.config.toml')),
      ...tables.flatMap((table) => Object.keys(object(table['profiles']))),
    ],
    wantsGoals: tables.some((table) => object(table['features'])['goals'] === true),
  };
}

/** The model provider that the user's configuration names, in the profile or for all; null for Codex's own. */
export async function readModelProvider(
  environment: Environment,
  profile: string | null,
): Promise<ModelProvider | null> {
  const home = resolve(codexHome(environment));
  const main = (await readTable(join(home, 'config.toml'))) ?? {};
  const own = profile === null ? null : await readTable(join(home, `${profile}.config.toml`));
  const shared = profile === null ? {} : object(object(main['profiles'])[profile]);
  const tables = [own ?? {}, shared, main];
  const name = tables.map((table) => table['model_provider']).find(isText);
  if (name === undefined || name === 'openai') return null;
  const provider = tables
    .map((table) => object(table['model_providers'])[name])
    .find((found) => found !== undefined);
  const { env_key: envKey, requires_openai_auth: needsLogin } = object(provider);
  return { name, envKey: isText(envKey) ? envKey : null, needsLogin: needsLogin === true };
}

/** The user's config.toml; empty if there is none, or none that Codex could read. */
export async function readCodexTable(environment: Environment): Promise<JsonObject> {
  return (await readTable(join(resolve(codexHome(environment)), 'config.toml'))) ?? {};
}

async function profilesIn(home: string): Promise<string[]> {
  const names = await readdir(home).catch(() => []);
  return names.filter((name) => name.endsWith('.config.toml')).map((name) => join(home, name));
}

/** Null if there is none, or none that Codex could read: then no session starts with it. */
async function readTable(path: string): Promise<JsonObject | null> {
  try {
    const found = await stat(path);
    if (!found.isFile() || found.size > maxBytes) return null;
    const { parse } = await import('smol-toml');
    return parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}

function rootsIn(table: JsonObject): string[] {
  return [table, ...Object.values(object(table['profiles'])).map(object)].flatMap((part) => {
    const roots = object(part['sandbox_workspace_write'])['writable_roots'];
    return [...(Array.isArray(roots) ? roots.filter(isText) : []), ...permittedIn(part)];
  });
}

/** `[permissions.NAME.filesystem]` has paths with `"write"`, or with a table of paths below them. */
function permittedIn(table: JsonObject): string[] {
  return Object.values(object(table['permissions'])).flatMap((permissions) =>
    Object.entries(object(object(permissions)['filesystem']))
      .filter(([path, access]) => /^[/~]/u.test(path) && JSON.stringify(access).includes('"write"'))
      .map(([path]) => path),
  );
}

function projectsIn(table: JsonObject, level: string): string[] {
  return Object.entries(object(table['projects']))
    .filter(([, project]) => object(project)['trust_level'] === level)
    .map(([path]) => path);
}

function object(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
