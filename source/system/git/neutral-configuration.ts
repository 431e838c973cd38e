// Configuration that outranks a repository's own, so that nothing named there runs. What is not safe by one value for
// all is overridden name by name: a repository defines its filters by any name. LFS runs only as the user's own
// configuration (global or system) has it.

import { git, type ConfigurationEntry, type GitCall } from './command.ts';

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
};

/** Reads the repository's configuration, which runs nothing, and answers what to put over it. */
export async function configurationOver(
  call: GitCall,
): Promise<RepositoryConfiguration | { problem: string }> {
  const answer = await git(
    { ...call, configuration: neutralConfiguration },
    { arguments: ['config', '--list', '--null', '--show-scope'] },
  );
  if (answer.kind === 'failed') return { problem: answer.problem };
  const found = entriesIn(answer.output);
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
    [...foreign].every((key) => ownKeys.has(key));

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
  return {
    entries,
    hasLfs,
    isSparse: found.some(({ key, value }) => key === 'core.sparsecheckout' && isTrue(value)),
  };
}

function namesOf(found: readonly ConfigurationEntry[], key: RegExp): ReadonlySet<string> {
  return new Set(found.flatMap((entry) => key.exec(entry.key)?.[1] ?? []));
}

type FoundEntry = ConfigurationEntry & { scope: string };

/** `global\0filter.lfs.clean\ngit-lfs clean -- %f\0`; a key without a value has no newline. */
function entriesIn(output: string): FoundEntry[] {
  const parts = Buffer.from(output, 'latin1').toString().split('\0');
  const entries: FoundEntry[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [scope = '', entry = ''] = parts.slice(at, at + 2);
    const end = entry.indexOf('\n');
    const key = end === -1 ? entry : entry.slice(0, end);
    if (scope === 'command') continue;
    entries.push({ scope, key, value: end === -1 ? 'true' : entry.slice(end + 1) });
  }
  return entries;
}

function isTrue(value: string): boolean {
  return /^(?:true|yes|on|1)$/i.test(value);
}
