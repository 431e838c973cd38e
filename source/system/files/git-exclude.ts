// Keeps `.autonomous/` out of the user's commits by a line in `.git/info/exclude`, which is local and never
// committed. Written once: a user who removes the line has decided, and the comment that remains records it.
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

/** Longer files are not touched. */
const maxBytes = 1024 * 1024;

/** One sentence on what was done; null if there was nothing to do, or no repository that is the user's own. */
export async function excludeFromGit(project: string): Promise<string | null> {
  try {
    const root = await repositoryOf(project);
    if (root === null || (await saysSo(join(project, '.gitignore')))) return null;
    return await inDirectory([root, '.git'], async (git) => {
      makeUnlessThere(`${git}/info`);
      return inDirectory([git, 'info'], addLine);
    });
  } catch {
    // Another user's file, a link, a full disk: this is a convenience and must not block the run.
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
  return 'Added .autonomous/ to .git/info/exclude, so Git ignores it.';
}

/** Whether the file has our line, had it once, or is too long to touch. */
async function saysSo(path: string): Promise<boolean> {
  const file = await readSmallFile(path, { maxBytes });
  if (file === null) return false;
  if (file.truncated) return true;
  const lines = file.text.split('\n').map((text) => text.trim());
  return lines.some((text) => text === comment || /^\/?\.autonomous\/?$/u.test(text));
}

/** The nearest directory upwards that has a `.git`, if that is this user's directory. In a worktree it is a file. */
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
