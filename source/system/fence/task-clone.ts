// A clone of a project that a machine makes for a task of a hub, so that no machine needs the repository, and no work of
// the user's is in the way. Doing it twice is doing it once.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { moveRefs, resolved } from '../checkpoint/refs.ts';
import { git, type GitCall } from '../git/command.ts';
import { configurationOver, neutralConfiguration } from '../git/neutral-configuration.ts';
import { findRepository } from '../git/repository.ts';
import { callFor } from '../git/take-tree.ts';
import type { Environment } from '../state/state-files.ts';
import { openFence, type Fence } from './fence-repository.ts';
import { checkedAddress, remoteProblem } from './push.ts';

type CloneOrder = {
  /** Git itself: an absolute path. */
  program: string;
  environment: Environment;
  /** Where clone and fence are made: in the hub's part of the state. */
  directory: string;
  /** Of the remote, as the user gave it to the hub. */
  url: string;
  /** The commit at which the work began. */
  base: string;
};

type Problem = { problem: string };

/** `project`: its root. `call`: for git in it. */
export type TaskClone = { project: string; call: GitCall; fence: Fence };

export async function openTaskClone(order: CloneOrder): Promise<TaskClone | Problem> {
  const { program, environment, directory, url, base } = order;
  const project = join(directory, 'project');
  await mkdir(project, { recursive: true, mode: 0o700 });
  const made = await git(
    { ...bare, program, environment, gitDir: join(project, '.git'), workTree: project },
    { arguments: ['init', '--quiet', '--template='] },
  );
  if (made.kind === 'failed') return { problem: made.problem };
  const found = await findRepository(project);
  if ('problem' in found) return { problem: found.problem ?? `${project} is no repository` };
  const own = { program, environment, repository: found.repository };
  const fence = await openFence({ ...own, directory });
  if ('problem' in fence) return fence;
  const plain = callFor(own);
  const call = { ...plain, configuration: neutralConfiguration };
  if ((await resolved(call, `${base}^{commit}`)) === null) {
    const problem = await fetchHeads({ fence, call }, url);
    if (problem !== null) return { problem };
    if ((await resolved(call, `${base}^{commit}`)) === null) {
      return { problem: `the git remote has no commit ${base}: push the branch that has it` };
    }
  }
  const problem = await checkedOut(plain, base);
  return problem === null ? { project, call, fence } : { problem };
}

const bare = { index: null, configuration: [], timeoutMs: 60_000 };

/** Fetched by the fence's settings, then noted where git in the clone finds them. */
async function fetchHeads(
  { fence, call }: Pick<TaskClone, 'fence' | 'call'>,
  url: string,
): Promise<string | null> {
  const fetched = await git(fence.remote, {
    arguments: [
      ...['fetch', '--quiet', '--no-tags', '--', checkedAddress(url)],
      '+refs/heads/*:refs/fence/heads/*',
    ],
  });
  if (fetched.kind === 'failed') return remoteProblem(fetched.problem);
  const heads = await git(fence.local, {
    arguments: ['for-each-ref', '--format=%(objectname) %(refname:lstrip=3)', 'refs/fence/heads/'],
  });
  if (heads.kind === 'failed') return heads.problem;
  const moves = await Promise.all(
    heads.output
      .split('\n')
      .filter((line) => line !== '')
      .map(async (line) => {
        const [to = '', ...name] = line.split(' ');
        const ref = `refs/remotes/origin/${name.join(' ')}`;
        return { ref, to, from: await resolved(call, ref) };
      }),
  );
  const moved = await moveRefs(
    call,
    moves.filter(({ to, from }) => to !== from),
  );
  return moved.kind === 'ok' ? null : moved.problem;
}

/** On no branch: the task's own is made from here. The problem, or null. */
async function checkedOut(plain: GitCall, base: string): Promise<string | null> {
  const over = await configurationOver(plain);
  if ('problem' in over) return over.problem;
  const call = { ...plain, configuration: over.entries };
  // What another try has checked out stays as the sessions left it.
  if ((await resolved(call, 'HEAD^{commit}')) !== null) return null;
  const read = await git(call, { arguments: ['read-tree', '--reset', '-u', base] });
  if (read.kind === 'failed') return read.problem;
  // Last, because it says that the files are there.
  const head = await git(call, { arguments: ['update-ref', '--no-deref', 'HEAD', base] });
  return head.kind === 'ok' ? null : head.problem;
}
