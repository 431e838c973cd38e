// Configuration that outranks a repository's own, so that nothing named there runs. What is not safe by one value for
// all is overridden name by name: a repository defines its filters by any name. LFS runs only as the user's own
// configuration (global or system) has it.

import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConfigurationEntry, GitCall } from './command.ts';
import { configurationOf, type FoundEntry } from './configuration-entries.ts';
import { canRunFilter } from './own-filter.ts';

const fixed: Readonly<Record<string, string>> = {
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  'core.untrackedCache': 'false',
  'core.splitIndex': 'false',
  'index.sparse': 'false',
  // Its digest tells whether the index is whole.
  'index.skipHash': 'false',
  'core.safecrlf': 'false',
  'core.ignoreStat': 'false',
  'core.bare': 'false',
  'core.quotePath': 'false',
  'core.pager': 'cat',
  'core.editor': ':',
  'core.askPass': '',
  'core.sshCommand': 'false',
  'core.alternateRefsCommand': '',
  'credential.helper': '',
  'diff.external': '',
  'merge.default': 'text',
  'merge.verifySignatures': 'false',
  'diff.ignoreSubmodules': 'dirty',
  'submodule.recurse': 'false',
  'protocol.allow': 'never',
  'gpg.program': 'false',
  'gc.auto': '0',
  'maintenance.auto': 'false',
};

export const neutralConfiguration: readonly ConfigurationEntry[] = Object.entries(fixed).map(
  ([key, value]) => ({ key, value }),
);

export type RepositoryConfiguration = {
  entries: readonly ConfigurationEntry[];
  /** Whether files of the filter `lfs` can be read. */
  hasLfs: boolean;
  isSparse: boolean;
  /** Whether attributes come from elsewhere than the usual files. */
  namesAttributes: boolean;
};

/** Reads the repository's configuration, which runs nothing, and answers what to put over it. */
export async function configurationOver(
  call: GitCall,
): Promise<RepositoryConfiguration | { problem: string }> {
  const found = await configurationOf({ ...call, configuration: neutralConfiguration });
  if ('problem' in found) return found;
  // An entry of the environment is text, so a name that is none cannot be overridden.
  for (const kind of ['filter', 'merge'] as const) {
    if (found.some(({ key }) => key.startsWith(`${kind}.`) && key.includes('\uFFFD'))) {
      const what = kind === 'filter' ? 'filter' : 'merge driver';
      return { problem: `the repository defines a ${what} whose name is not text` };
    }
  }
  const isOfRepository = ({ scope }: FoundEntry): boolean =>
    scope === 'local' || scope === 'worktree';
  const lfs = found.filter(({ key }) => key.startsWith('filter.lfs.'));
  const own = lfs.filter((entry) => !isOfRepository(entry));
  const ownKeys = new Set(own.map(({ key }) => key));
  const foreign = new Set(lfs.filter(isOfRepository).map(({ key }) => key));
  const hasLfs =
    own.some(({ key, value }) => /\.(?:clean|process)$/.test(key) && value !== '') &&
    [...foreign].every((key) => ownKeys.has(key)) &&
    (await canRunFilter(call, own));

  const filters = namesOf(found, /^filter\.(.*)\.[^.]+$/s);
  const entries: ConfigurationEntry[] = [...neutralConfiguration];
  // Nothing is taken for merged that only the driver could merge. The space makes git ask /bin/sh, and no PATH.
  for (const name of namesOf(found, /^merge\.(.*)\.driver$/s)) {
    entries.push({ key: `merge.${name}.driver`, value: 'exit 1' });
  }
  for (const name of filters) {
    // An empty `process` would put its `clean` out of use as well.
    if (name === 'lfs' && hasLfs) continue;
    for (const command of ['clean', 'smudge', 'process']) {
      entries.push({ key: `filter.${name}.${command}`, value: '' });
    }
    entries.push({ key: `filter.${name}.required`, value: 'false' });
  }
  if (hasLfs) entries.push(...own.map(({ key, value }) => ({ key, value })));
  if (!(await mayIgnoreCase(call))) entries.push({ key: 'core.ignoreCase', value: 'false' });
  return {
    entries,
    hasLfs,
    isSparse: found.some(({ key, value }) => key === 'core.sparsecheckout' && isTrue(value)),
    namesAttributes: found.some(({ key }) => /^(?:core\.attributesfile|attr\.tree)$/.test(key)),
  };
}

/** A copied configuration says so of a file system that does not: then git hides files whose names differ by case alone. */
async function mayIgnoreCase({ workTree }: GitCall): Promise<boolean> {
  return lstat(join(workTree, '.GIT')).then(
    () => true,
    () => false,
  );
}

function namesOf(found: readonly ConfigurationEntry[], key: RegExp): ReadonlySet<string> {
  return new Set(found.flatMap((entry) => key.exec(entry.key)?.[1] ?? []));
}

function isTrue(value: string): boolean {
  return /^(?:true|yes|on|1)$/i.test(value);
}
