// Which files a filter of the repository's attributes is for. To ask git takes a process; most repositories have no
// filter, and a look at the attribute files on the way to the paths says so.

import { join } from 'node:path';
import { isMissing } from '../files/plain-file.ts';
import { readSmallFile } from '../files/safe-file.ts';
import type { Environment } from '../state/state-files.ts';
import { git } from './command.ts';
import type { OwnIndex } from './own-index.ts';
import { commonDirectory } from './repository.ts';

/** The value of the attribute `filter` of each path that has one. Paths have one character per byte. */
export async function filtersOf(
  call: OwnIndex,
  paths: readonly string[],
  { namesAttributes }: { namesAttributes: boolean },
): Promise<ReadonlyMap<string, string> | { problem: string }> {
  const filters = new Map<string, string>();
  if (paths.length === 0) return filters;
  if (!namesAttributes && !(await mayHaveFilters(call, paths))) return filters;
  // An index only stands in for attribute files that are not on disk, and a large one takes long to read.
  const withoutIndex = { ...call, index: `${call.index}.none` };
  const answer = await git(withoutIndex, {
    arguments: ['check-attr', '-z', '--stdin', 'filter'],
    input: paths.map((path) => `${path}\0`).join(''),
  });
  if (answer.kind === 'failed') return { problem: answer.problem };
  const parts = answer.output.split('\0');
  for (let at = 0; at + 2 < parts.length; at += 3) {
    const value = parts[at + 2] ?? '';
    if (value !== 'unspecified' && value !== 'unset') filters.set(parts[at] ?? '', value);
  }
  return filters;
}

/** To look into more directories takes longer than to ask git. */
const mostDirectories = 100;
const mostBytes = 256 * 1024;

/** False only if no attribute file that counts for the paths has the word. */
async function mayHaveFilters(call: OwnIndex, paths: readonly string[]): Promise<boolean> {
  const directories = directoriesAbove(paths);
  if (directories === null) return true;
  const files = [
    ...machineFiles(call.environment),
    join(await commonDirectory(call.gitDir), 'info', 'attributes'),
    ...directories.map((directory) => join(call.workTree, directory, '.gitattributes')),
  ];
  const answers = await Promise.all(files.map(mayNameFilter));
  return answers.includes(true);
}

/** From the root on; null if they are many, or a name is no text. */
function directoriesAbove(paths: readonly string[]): readonly string[] | null {
  const directories = new Set(['']);
  for (const path of paths) {
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
      directories.add(path.slice(0, end));
    }
    if (directories.size > mostDirectories) return null;
  }
  const names = [...directories].map((name) => Buffer.from(name, 'latin1').toString());
  return names.some((name) => name.includes('\uFFFD')) ? null : names;
}

/** Where gits of distributions and of Homebrew have them. */
function machineFiles({ HOME, XDG_CONFIG_HOME }: Environment): readonly string[] {
  const home = HOME === undefined ? [] : [join(HOME, '.config')];
  const users = XDG_CONFIG_HOME === undefined ? home : [XDG_CONFIG_HOME, ...home];
  const systems = ['/etc', '/usr/local/etc', '/opt/homebrew/etc'];
  return [
    ...users.map((directory) => join(directory, 'git', 'attributes')),
    ...systems.map((directory) => join(directory, 'gitattributes')),
  ];
}

/** A link, a pipe or a file that is too long is for git to judge. */
async function mayNameFilter(path: string): Promise<boolean> {
  try {
    const file = await readSmallFile(path, { maxBytes: mostBytes });
    return file !== null && (file.truncated || file.text.includes('filter'));
  } catch (error) {
    return !isMissing(error);
  }
}
