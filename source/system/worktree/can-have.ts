// Whether a new task could have a worktree: in a repository whose HEAD has a commit, as far as files say. Read without
// git and synchronously, since the form for a new task asks at each opening: the first commit may have come meanwhile.

import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { readSmallFileNow } from '../files/plain-file.ts';
import { findRepository } from '../git/repository.ts';

/** Where it is larger, the commit is believed in: git says so if there is none. */
const maxPackedBytes = 1024 * 1024;

/** The answer is for now: ask each time. Where there is no repository, or none that can be used, it is always false. */
export async function worktreesIn(project: string): Promise<() => boolean> {
  const found = await findRepository(project).catch(() => null);
  if (found === null || 'problem' in found) return () => false;
  const { gitDir } = found.repository;
  return () => {
    try {
      return hasCommit(gitDir);
    } catch {
      return false;
    }
  };
}

export async function canHaveWorktree(project: string): Promise<boolean> {
  return (await worktreesIn(project))();
}

function hasCommit(gitDir: string): boolean {
  const head = textOf(`${gitDir}/HEAD`);
  const ref = /^ref: (refs\/.*)$/.exec(head ?? '')?.[1];
  // Detached: at a commit.
  if (ref === undefined) return head !== null;
  const common = realpathSync(resolve(gitDir, textOf(`${gitDir}/commondir`) ?? '.'));
  // In that form of refs, HEAD names no branch.
  if (ref === 'refs/heads/.invalid') return true;
  if (textOf(`${common}/${ref}`) !== null) return true;
  const packed = readSmallFileNow(`${common}/packed-refs`, { maxBytes: maxPackedBytes });
  return packed !== null && (packed.truncated || packed.text.includes(` ${ref}\n`));
}

function textOf(path: string): string | null {
  return readSmallFileNow(path, { maxBytes: 4096 })?.text.trim() ?? null;
}
