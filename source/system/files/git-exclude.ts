// Keeps `.autonomous/` out of the user's commits by a line in `.git/info/exclude`, which is local and never
// committed. Written once: a user who removes the line has decided, and the comment that remains records it.
//
//   # autonomous-tui keeps its tasks there; take the next line out to commit them
//   .autonomous/
//
// A worktree or submodule has a file in place of `.git`, and its repository may be anywhere: there, `.autonomous/`
// ignores itself by a `.gitignore` of its own, with `*` in place of the line.

import { mkdirSync } from 'node:fs';
import { lstat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inDirectory } from './entered-directory.ts';
import { openForAppending, readSmallFile } from './safe-file.ts';

const comment = '# autonomous-tui keeps its tasks there; take the next line out to commit them';
const line = '.autonomous/';

const ownIgnoreFile = `# autonomous-tui keeps its tasks here; take the next line out to commit them
*
`;

/** Longer files are not touched. */
const maxBytes = 1024 * 1024;

/** One sentence on what was done; null if there was nothing to do, or no repository that is the user's own. */
export async function excludeFromGit(project: string): Promise<string | null> {
  try {
    const repository = await repositoryOf(project);
    if (repository === null || (await saysSo(join(project, '.gitignore')))) return null;
    if (repository.git === 'elsewhere') {
      return await inDirectory([project, '.autonomous'], addIgnoreFile);
    }
    return await inDirectory([repository.root, '.git'], async (git) => {
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

/** `wx`: never in place of a file that is there, whatever is in it. */
async function addIgnoreFile(at: string): Promise<string | null> {
  await writeFile(join(at, '.gitignore'), ownIgnoreFile, { flag: 'wx', mode: 0o600 });
  return 'Added .autonomous/.gitignore, so Git ignores the tasks.';
}

/** Whether the file has our line, had it once, or is too long to touch. */
async function saysSo(path: string): Promise<boolean> {
  const file = await readSmallFile(path, { maxBytes });
  if (file === null) return false;
  if (file.truncated) return true;
  const lines = file.text.split('\n').map((text) => text.trim());
  return lines.some((text) => text === comment || /^\/?\.autonomous\/?$/u.test(text));
}

/** `elsewhere`: `.git` is a file or a link that leads to it. */
type Repository = { root: string; git: 'a directory' | 'elsewhere' };

/** The nearest repository upwards, if it is this user's. Like Git, passes by a `.git` directory without a HEAD. */
async function repositoryOf(project: string): Promise<Repository | null> {
  for (let root = project; ; root = dirname(root)) {
    const path = join(root, '.git');
    const git = await lstat(path).catch(() => null);
    if (git !== null && !(git.isDirectory() && !(await exists(join(path, 'HEAD'))))) {
      const isOurs = git.uid === process.geteuid?.();
      if (!isOurs || (git.isFile() && git.size === 0)) return null;
      return { root, git: git.isDirectory() ? 'a directory' : 'elsewhere' };
    }
    if (dirname(root) === root) return null;
  }
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null;
}

function makeUnlessThere(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
