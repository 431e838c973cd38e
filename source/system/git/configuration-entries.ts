// A repository's configuration with the user's and the machine's, as git reads it. It changes seldom and to ask takes a
// process, so what the same files said before is used again.

import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileState } from '../files/file-state.ts';
import { git, type ConfigurationEntry, type GitCall } from './command.ts';
import { commonDirectory } from './repository.ts';

export type FoundEntry = ConfigurationEntry & { scope: string };

export async function configurationOf(
  call: GitCall,
): Promise<readonly FoundEntry[] | { problem: string }> {
  const state = await stateOf(call);
  if (state !== null && lastFound?.state === state) return lastFound.entries;
  const answer = await git(call, { arguments: ['config', '--list', '--null', '--show-scope'] });
  if (answer.kind === 'failed') return { problem: answer.problem };
  const entries = entriesIn(answer.output);
  // Files that others include may be anywhere.
  const isWhole = !entries.some(({ key }) => /^include(?:if)?\./.test(key));
  const isUnchanged = state !== null && (await stateOf(call)) === state;
  if (isWhole && isUnchanged) lastFound = { state, entries };
  return entries;
}

let lastFound: { state: string; entries: readonly FoundEntry[] } | null = null;

/** Which files it is read from, as they are; null where that cannot be told. */
async function stateOf({ gitDir, program, environment }: GitCall): Promise<string | null> {
  const home = environment['HOME'] ?? homedir();
  const states = await Promise.all(
    [
      join(await commonDirectory(gitDir), 'config'),
      join(gitDir, 'config.worktree'),
      join(home, '.gitconfig'),
      join(environment['XDG_CONFIG_HOME'] || join(home, '.config'), 'git', 'config'),
      // The machine's, where gits of distributions and of Homebrew have it: no repository's.
      '/etc/gitconfig',
      '/usr/local/etc/gitconfig',
      '/opt/homebrew/etc/gitconfig',
    ].map(fileState),
  );
  return states.includes(null) ? null : [program, gitDir, ...states].join('\n');
}

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
