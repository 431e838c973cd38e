// Digests of the files that decide how Codex and git work in a project: the root's `.codex` and git's configuration. A
// session may not write them in the sandbox, but old versions of Codex let it, and full access does.

import { createHash } from 'node:crypto';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { ConfigurationDigests } from '../core/stage/tree.ts';
import { readSmallFile } from './files/safe-file.ts';
import { findRepository } from './git/repository.ts';

/** Only the beginning of a longer file counts, and only so many files. */
const maxBytes = 1024 * 1024;
const mostFiles = 500;

export async function configurationDigests(project: string): Promise<ConfigurationDigests> {
  const found = await findRepository(project).catch(() => ({ problem: null }));
  const repository = 'repository' in found ? found.repository : null;
  const root = repository?.root ?? project;
  const digests: Record<string, string> = {};
  for (const path of await filesIn(join(root, '.codex'))) await add(path);
  if (repository !== null) {
    for (const name of ['config', 'config.worktree', 'info/attributes']) {
      await add(join(repository.gitDir, name));
    }
    for (const path of await filesIn(join(repository.gitDir, 'hooks'))) await add(path);
  }
  return digests;

  async function add(path: string): Promise<void> {
    const digest = await digestOf(path);
    if (digest !== null) digests[relative(root, path)] = digest;
  }
}

async function digestOf(path: string): Promise<string | null> {
  try {
    const digest = createHash('sha256');
    const stat = await lstat(path);
    if (stat.isSymbolicLink()) return digest.update(`link ${await readlink(path)}`).digest('hex');
    const file = await readSmallFile(path, { maxBytes });
    if (file === null) return null;
    return digest.update(`${stat.mode} ${stat.size}\n${file.text}`).digest('hex');
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT'
      ? null
      : 'unreadable';
  }
}

/** All files below a directory; none if there is no such directory. A link is named, not followed. */
async function filesIn(directory: string): Promise<string[]> {
  const waiting = [directory];
  const files: string[] = [];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of await readdir(next, { withFileTypes: true }).catch(() => [])) {
      const path = join(next, entry.name);
      if (files.length >= mostFiles) return files;
      if (entry.isDirectory()) waiting.push(path);
      else files.push(path);
    }
  }
  return files;
}
