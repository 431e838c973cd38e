// A fresh workspace for a test that runs the real Codex: a project, a CODEX_HOME and a user's home.
// Not in the system's temporary directory, where Codex behaves differently, and not in this repository, because Codex
// reads the AGENTS.md of every parent directory.

import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export type Workspace = {
  directory: string;
  project: string;
  codexHome: string;
  /** `HOME` of everything that runs here, empty: the developer's shell profile must not affect a test. */
  home: string;
  /** `XDG_STATE_HOME` of everything that runs here. */
  state: string;
  remove(): Promise<void>;
};

export async function makeWorkspace(): Promise<Workspace> {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const directory = join(cache, 'autonomous-tui-test', randomUUID());
  const workspace = {
    directory,
    project: join(directory, 'project'),
    codexHome: join(directory, 'codex-home'),
    home: join(directory, 'home'),
    state: join(directory, 'state'),
  };
  await mkdir(directory, { recursive: true });
  for (const part of [workspace.project, workspace.codexHome, workspace.home, workspace.state]) {
    await mkdir(part, { mode: 0o700 });
  }
  return {
    ...workspace,
    // A Codex that has just been ended may still be writing.
    remove: () => rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}
