// Whether a profile of Codex's exists. Codex ignores one that does not, and works on with its base configuration.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codexHome } from './state/machine-directory.ts';
import { homeRelative } from './project.ts';
import type { Environment } from './state/state-files.ts';

/** A sentence that says where it was looked for; null if there is such a profile. */
export function whyNoProfile(profile: string, environment: Environment): string | null {
  const home = codexHome(environment);
  // Up to 0.170 a table of config.toml, since 0.171 a file of its own.
  const own = join(home, `${profile}.config.toml`);
  const shared = join(home, 'config.toml');
  const isPlain = /^[\w.-]+$/u.test(profile);
  if (isPlain && (existsSync(own) || hasTable(shared, profile))) return null;
  return (
    `There is no Codex profile ${JSON.stringify(profile)}: ` +
    `write ${homeRelative(own)}, or a table [profiles.${profile}] in ${homeRelative(shared)}`
  );
}

function hasTable(path: string, profile: string): boolean {
  try {
    const text = readFileSync(path, 'utf8');
    const name = profile.replaceAll('.', '\\.');
    return new RegExp(`^\\s*\\[\\s*profiles\\s*\\.\\s*["']?${name}["']?\\s*[.\\]]`, 'mu').test(
      text,
    );
  } catch {
    return false;
  }
}
