// Whether the user's own filter, such as that of Git LFS, can be run: a configuration often outlives its program, and git
// would then fail at the first file.

import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { git, type ConfigurationEntry, type GitCall } from './command.ts';

/** `own`: the filter's entries. What no look can tell, such as a word with quotes, is believed. */
export async function canRunFilter(
  call: GitCall,
  own: readonly ConfigurationEntry[],
): Promise<boolean> {
  const commands = own.filter(({ key }) => /\.(?:clean|smudge|process)$/.test(key));
  const names = new Set(
    commands.flatMap(({ value }) => /^[\w./+-]+(?=\s|$)/.exec(value)?.[0] ?? []),
  );
  for (const name of names) if (!(await isThere(call, name))) return false;
  return true;
}

async function isThere(call: GitCall, name: string): Promise<boolean> {
  if (name.includes('/')) return !isAbsolute(name) || isExecutable(name);
  for (const directory of (call.environment['PATH'] ?? '').split(delimiter)) {
    if (directory !== '' && (await isExecutable(join(directory, name)))) return true;
  }
  // Git looks beside its own programs, too.
  const answer = await git(call, { arguments: ['--exec-path'] });
  return answer.kind === 'failed' || isExecutable(join(answer.output.trim(), name));
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
