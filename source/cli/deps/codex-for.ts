// The Codex that tasks of a project run with, and what surrounds it.

import type { Configuration } from '../../system/configuration.ts';
import { codexSurroundings, type CodexSurroundings } from '../../system/codex-surroundings.ts';
import { findCodex } from '../../system/process/codex-path.ts';

/** `named`: the path that the user chose. A sentence where there is none, or where it must not run. */
export async function codexFor(
  project: string,
  configuration: Pick<Configuration, 'codex' | 'settings'>,
  named: string | null,
): Promise<{ path: string; surroundings: CodexSurroundings } | { problem: string }> {
  const surroundings = await codexSurroundings({
    project,
    environment: process.env,
    setting: configuration.settings.projectCodexConfig,
    program: ownProgram(),
  });
  if ('problem' in surroundings) return surroundings;
  const { writable } = surroundings;
  const environment = process.env;
  const codex = await findCodex({ named, configured: configuration.codex, environment, writable });
  return 'problem' in codex ? codex : { ...codex, surroundings };
}

/** This program as it was built, and as it was called: the link to it may lie elsewhere. */
export function ownProgram(): { own: readonly string[]; node: string } {
  const [, called] = process.argv;
  return {
    own: called === undefined ? [import.meta.dirname] : [import.meta.dirname, called],
    node: process.execPath,
  };
}
