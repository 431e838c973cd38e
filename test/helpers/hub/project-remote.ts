// A git remote of a test's project, for tasks that machines share.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export function git(directory: string, ...words: string[]): string {
  return execFileSync('git', words, { cwd: directory, encoding: 'utf8' }).trim();
}

/** The project's first commit is at a remote that all machines reach. Returns the remote's directory. */
export function withRemote({ directory, project }: { directory: string; project: string }): string {
  const remote = join(directory, 'remote.git');
  const who = ['-c', 'user.name=U', '-c', 'user.email=u@localhost'];
  git(project, ...who, 'commit', '-q', '--allow-empty', '-m', 'first');
  git(directory, 'clone', '-q', '--bare', project, remote);
  git(project, 'remote', 'add', 'origin', `file://${remote}`);
  git(project, 'fetch', '-q', 'origin');
  return remote;
}
