// The git remote of the trial's machines, and what it has of their work.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { TrialWorld } from '../outside/trial-world.ts';
import type { TaskAtRemote } from './judge.ts';

/** It has the project's first commit. Returns its path. */
export function withRemote({ directory, project }: TrialWorld): string {
  const remote = join(directory, 'remote.git');
  const who = ['-c', 'user.name=U', '-c', 'user.email=u@localhost'];
  git(project, ...who, 'commit', '-q', '--allow-empty', '-m', 'first');
  git(directory, 'clone', '-q', '--bare', project, remote);
  git(project, 'remote', 'add', 'origin', `file://${remote}`);
  git(project, 'fetch', '-q', 'origin');
  return remote;
}

export function atRemote(remote: string, task: string): TaskAtRemote {
  const refs = git(remote, 'for-each-ref', '--format=%(refname)', 'refs/autonomous/').split('\n');
  const show = (ref: string, path: string): string | null => {
    try {
      return git(remote, 'show', `${ref}:${path}`);
    } catch {
      return null;
    }
  };
  for (const ref of refs.filter((one) => one.endsWith('/work'))) {
    const list = show(ref, `.autonomous/${task}/task_list.md`);
    if (list === null) continue;
    const boxes = list.match(/^\s*- \[[ x]\]/gm) ?? [];
    const ticked = boxes.filter((box) => box.includes('x')).length;
    const lines = (show(ref, 'parts.txt') ?? '').split('\n');
    return { task, ticked, total: boxes.length, lines };
  }
  return { task, ticked: 0, total: 0, lines: [] };
}

function git(directory: string, ...words: string[]): string {
  return execFileSync('git', words, { cwd: directory, encoding: 'utf8', stdio: 'pipe' }).trim();
}
