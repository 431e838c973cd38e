// Keeps `.autonomous/` out of the person's commits: a line in `.git/info/exclude`, which is nobody else's and is
// never committed. Written once: who takes the line out again has said so, and the comment above it stays.
//
//   # autonomous-tui keeps its tasks there; take the next line out to commit them
//   .autonomous/

import { mkdirSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inDirectory } from './entered-directory.ts';
import { openForAppending, readSmallFile } from './safe-file.ts';

const comment = '# autonomous-tui keeps its tasks there; take the next line out to commit them';
const line = '.autonomous/';

/** Longer files are left alone. */
const maxBytes = 1024 * 1024;

/** What was done, a sentence; null where there was nothing to do, or no repository of our own to do it in. */
export async function excludeFromGit(project: string): Promise<string | null> {
  try {
    const root = await repositoryOf(project);
    if (root === null || (await saysSo(join(project, '.gitignore')))) return null;
    return await inDirectory([root, '.git'], async (git) => {
      makeUnlessThere(`${git}/info`);
      return inDirectory([git, 'info'], addLine);
    });
  } catch {
    // Somebody else's, a link, a full disk: a convenience, and no reason to keep anybody from working.
    return null;
  }
}

async function addLine(info: string): Promise<string | null> {
  const path = `${info}/exclude`;
  if (await saysSo(path)) return null;
  const file = await openForAppending(path, 0o644);
  try {
    const { size } = await file.stat();
    await file.appendFile(`${size === 0 ? '' : '\n'}${comment}\n${line}\n`);
  } finally {
    await file.close();
  }
  return 'Git ignores .autonomous/ from now on (a line in .git/info/exclude).';
}

/** Whether the file has our line, had it once, or is not to be added to. */
async function saysSo(path: string): Promise<boolean> {
  const file = await readSmallFile(path, { maxBytes });
  if (file === null) return false;
  if (file.truncated) return true;
  const lines = file.text.split('\n').map((text) => text.trim());
  return lines.some((text) => text === comment || /^\/?\.autonomous\/?$/u.test(text));
}

/** The nearest directory upwards that has a `.git`, if that is a directory of this user. A worktree's is a file. */
async function repositoryOf(project: string): Promise<string | null> {
  for (let path = project; ; path = dirname(path)) {
    const git = await lstat(join(path, '.git')).catch(() => null);
    if (git !== null) {
      return git.isDirectory() && git.uid === process.geteuid?.() ? path : null;
    }
    if (dirname(path) === path) return null;
  }
}

function makeUnlessThere(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
