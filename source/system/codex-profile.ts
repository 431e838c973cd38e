// Whether a profile of Codex's exists. Codex ignores one that does not, and works on with its base configuration.

import { join } from 'node:path';
import { readCodexConfiguration } from './codex-configuration.ts';
import { homeRelative } from './project.ts';
import { codexHome } from './state/machine-directory.ts';
import type { Environment } from './state/state-files.ts';

/** A sentence that says where it was looked for; null if there is such a profile. */
export async function whyNoProfile(
  profile: string,
  environment: Environment,
): Promise<string | null> {
  const { profiles } = await readCodexConfiguration(environment);
  if (profiles.includes(profile)) return null;
  const home = codexHome(environment);
  const own = homeRelative(join(home, `${profile}.config.toml`));
  const shared = homeRelative(join(home, 'config.toml'));
  return `There is no Codex profile ${JSON.stringify(profile)}: write ${own}, or a table [profiles.${profile}] in ${shared}`;
}
