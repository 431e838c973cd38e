// The demo's own project, CODEX_HOME and state, in one directory that is removed when the demo ends. Never the user's,
// and not in the system's temporary directory: there Codex's sandbox could write to its own home.

import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { makePrivateDirectory } from '../system/files/safe-file.ts';

export type DemoProject = {
  project: string;
  codexHome: string;
  /** Where the state is, as stateHome() would return. */
  home: string;
  remove(): Promise<void>;
};

export async function makeDemoProject(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<DemoProject> {
  const cache = environment['XDG_CACHE_HOME'];
  const base = cache !== undefined && isAbsolute(cache) ? cache : join(homedir(), '.cache');
  const parent = join(base, 'autonomous-tui');
  await makePrivateDirectory(parent);
  const root = await realpath(await mkdtemp(join(parent, 'demo-')));
  const project = join(root, 'shop');
  await mkdir(project, { mode: 0o700 });
  await writeFile(join(project, 'README.md'), '# Shop\n\nA small shop to show tasks on.\n');
  return {
    project,
    codexHome: join(root, 'codex-home'),
    home: join(root, 'state'),
    // Codex may still write a last line while it exits.
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}
