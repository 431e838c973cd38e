// What of a project's own `.codex` (configuration, MCP servers, rules) may count. Codex uses it where the user trusts the
// repository, but guards it only at the root of a session's directory: below the repository's root, an agent can have
// written it, and what it names would run outside of the sandbox.

import { lstat, readFile, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { ProjectCodexConfig } from '../core/codex/arguments.ts';
import { isInside } from './files/inside.ts';
import { readSmallFileNow } from './files/plain-file.ts';

export type ProjectCodex = {
  /** For `codex exec`. */
  arguments: readonly string[];
  /** The AGENTS.md files for the prompt, where Codex does not read them, because nothing is trusted; else empty. */
  instructions: string;
};

export type ProjectCodexQuestion = {
  /** The project's real path. */
  project: string;
  setting: ProjectCodexConfig;
  /** The projects that the user trusts in Codex, and those that the user called untrusted there. */
  trusted: readonly string[];
  untrusted?: readonly string[];
  /** Where Codex keeps its own files: it is no project's. */
  codexHome: string;
};

export async function projectCodex(
  question: ProjectCodexQuestion,
): Promise<ProjectCodex | { problem: string }> {
  const { project, setting } = question;
  const codexHome = await realOrNamed(question.codexHome);
  const { root, main } = await repositoryOf(project);
  const onTheWay = directoriesUpTo(project, root);
  if (setting === 'as trusted') {
    for (const directory of onTheWay) {
      const path = join(directory, '.codex');
      if (directory !== root && path !== codexHome && (await kindOf(path)) !== null) {
        return { problem: planted(path, root) };
      }
    }
  }
  const all = [...new Set([...onTheWay, main])];
  const isAmong = async (paths: readonly string[] = []): Promise<boolean> => {
    const real = new Set(await Promise.all(paths.map(realOrNamed)));
    return all.some((directory) => real.has(directory));
  };
  const turnsOff = setting === 'off' && (await isAmong(question.trusted));
  const codexReadsThem = !turnsOff && !(await isAmong(question.untrusted));
  const instructions = codexReadsThem ? '' : await instructionsIn(onTheWay.toReversed());
  return {
    arguments: [
      ...(turnsOff ? untrusted(all) : []),
      ...(instructions === '' ? [] : readsNoInstructions),
    ],
    instructions,
  };
}

/** For a command that Codex runs in its sandbox: nothing of the project's own configuration may widen that. */
export async function neverTrusted(project: string): Promise<readonly string[]> {
  const { root, main } = await repositoryOf(project);
  return untrusted([...new Set([...directoriesUpTo(project, root), main])]);
}

/** Codex before 0.169 reads AGENTS.md of what is not trusted, too: the model would get it twice. */
const readsNoInstructions = ['-c', 'project_doc_max_bytes=0'];

function planted(path: string, root: string): string {
  return (
    `${path} is below the root of the repository (${root}), where an agent could have written it, and programs that it names ` +
    `would run outside of the sandbox: start at the root with --cd ${root}, remove it, or set "projectCodexConfig": "off"`
  );
}

/** One inline table: the dotted form is ignored by Codex. It beats an entry of the user's for the same path. */
function untrusted(directories: readonly string[]): string[] {
  const entries = directories.map((path) => `${JSON.stringify(path)}={trust_level="untrusted"}`);
  return ['-c', `projects={${entries.join(',')}}`];
}

type Repository = {
  /** The directory whose `.codex` Codex guards; the project itself if it is in no repository. */
  root: string;
  /** The main repository of a worktree, whose trust a worktree inherits. */
  main: string;
};

async function repositoryOf(project: string): Promise<Repository> {
  for (let path = project; ; path = dirname(path)) {
    const kind = await kindOf(join(path, '.git'));
    if (kind === 'directory') return { root: path, main: path };
    if (kind === 'other') {
      const main = await mainOf(path);
      // One inside the main repository is a directory that a session there may write.
      if (main !== null && !isInside(path, main)) return { root: path, main };
    }
    if (dirname(path) === path) return { root: project, main: project };
  }
}

/**
 * The main repository of a worktree. Its `.git` is a file, which an agent can write too; but git's own directory, where
 * the agent cannot write, names the worktree back. Null for anything else, submodules included.
 */
async function mainOf(worktree: string): Promise<string | null> {
  try {
    const pointer = join(worktree, '.git');
    const [, named = ''] = /^gitdir: (.+)$/mu.exec(await text(pointer)) ?? [];
    const directory = await realpath(resolve(worktree, named));
    const back = resolve(directory, (await text(join(directory, 'gitdir'))).trim());
    if ((await realpath(back)) !== (await realpath(pointer))) return null;
    const common = await text(join(directory, 'commondir'));
    return dirname(await realpath(resolve(directory, common.trim())));
  } catch {
    return null;
  }
}

/** From the project upwards; only the project if the root is not above it. */
function directoriesUpTo(project: string, root: string): string[] {
  const directories = [project];
  for (let path = project; path !== root && isInside(path, root);) {
    path = dirname(path);
    directories.push(path);
  }
  return directories;
}

/** As many bytes as Codex reads of them. */
const maxInstructionBytes = 32 * 1024;
/** The first that is there counts, as in Codex. */
const names = ['AGENTS.override.md', 'AGENTS.md'];

/** From the root downwards, in the words in which Codex gives them to the model. */
async function instructionsIn(directories: readonly string[]): Promise<string> {
  const [root = '/'] = directories;
  const parts: string[] = [];
  let left = maxInstructionBytes;
  for (const directory of directories) {
    const found = await firstOf(directory, { root, maxBytes: left });
    if (found === null || found.trim() === '') continue;
    left -= Buffer.byteLength(found);
    parts.push(
      `# AGENTS.md instructions for ${directory}\n\n<INSTRUCTIONS>\n${found.trim()}\n</INSTRUCTIONS>`,
    );
    if (left <= 0) break;
  }
  return parts.join('\n\n');
}

/** Often a link to another file of the project. One that leads out of it is not followed. */
async function firstOf(
  directory: string,
  { root, maxBytes }: { root: string; maxBytes: number },
): Promise<string | null> {
  for (const name of names) {
    const real = await realpath(join(directory, name)).catch(() => null);
    if (real === null || !isInside(real, root)) continue;
    try {
      const file = readSmallFileNow(real, { maxBytes });
      if (file !== null) return file.text;
    } catch {
      // Not a plain file.
    }
  }
  return null;
}

async function kindOf(path: string): Promise<'directory' | 'other' | null> {
  const found = await lstat(path).catch(() => null);
  if (found === null) return null;
  return found.isDirectory() ? 'directory' : 'other';
}

function text(path: string): Promise<string> {
  return readFile(path, 'utf8');
}

function realOrNamed(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
