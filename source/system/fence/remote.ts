// What the git remote holds of a task, and how it is moved: lease and work together or not at all, and only from what is
// known. The remote is the last to decide who owns the work: a machine that lost the task, and does not know it, is refused.

import {
  fenceRefs,
  fenceStateIn,
  leaseMessage,
  strayRef,
  type FenceState,
  type Leaseholder,
} from '../../core/fence/fence-refs.ts';
import { git, type GitCall } from '../git/command.ts';
import type { Fence } from './fence-repository.ts';
import { checkedAddress, pushAll, remoteProblem } from './push.ts';

type Problem = { problem: string };

/** `url`: of the remote, as the user gave it to the hub; never from the project. */
export type FencePlace = { fence: Fence; url: string; task: string };

/**
 * `refused`: it is not what it was known to be. `failed`: nothing was moved, as far as is known; `mayBe`: what the remote holds
 * if it was all the same, because neither the answer nor a look afterwards came through.
 */
export type Pushed =
  | { kind: 'done'; state: FenceState }
  | { kind: 'refused' }
  | { kind: 'failed'; problem: string; mayBe?: FenceState };

export async function readFence({ fence, url, task }: FencePlace): Promise<FenceState | Problem> {
  const refs = fenceRefs(task);
  const answer = await git(fence.remote, {
    arguments: ['ls-remote', '--', checkedAddress(url), refs.lease, refs.work],
  });
  return answer.kind === 'ok'
    ? fenceStateIn(answer.output, refs)
    : { problem: remoteProblem(answer.problem) };
}

export type FenceMove = {
  holder: Leaseholder;
  /** After which session this is. */
  session: number;
  /** What the remote is known to hold. */
  from: FenceState;
  /** The commit with the work; `from.work` where only the lease moves. */
  work: string | null;
};

/** Claims the work, or adds a checkpoint to it. */
export async function moveFence(place: FencePlace, move: FenceMove): Promise<Pushed> {
  const { fence, url, task } = place;
  const lease = await emptyCommit(fence.local, leaseMessage(move.holder, move.session));
  if ('problem' in lease) return { kind: 'failed', ...lease };
  const refs = fenceRefs(task);
  const state = { lease: lease.id, work: move.work };
  const moved = ([ref, to, from]: [string, string | null, string | null]): string[] =>
    to === null ? [] : [`--force-with-lease=${ref}:${from ?? ''}`, `${to}:${ref}`];
  const words = [
    ...moved([refs.lease, state.lease, move.from.lease]),
    ...(move.work === move.from.work ? [] : moved([refs.work, move.work, move.from.work])),
  ];
  const pushed = await pushAll(fence.remote, url, words);
  if (pushed === 'done') return { kind: 'done', state };
  if (pushed === 'refused') return { kind: 'refused' };
  const { problem } = pushed;
  // The answer may have been lost after the remote had moved.
  const now = await readFence(place);
  if ('problem' in now) return { kind: 'failed', problem, mayBe: state };
  if (now.lease === state.lease) return { kind: 'done', state };
  return now.lease === move.from.lease ? { kind: 'failed', problem } : { kind: 'refused' };
}

/** Keeps what a machine did that is not the owner any more, after what it kept before. The problem, or null. */
export async function keepStray(
  { fence, url, task }: FencePlace,
  { machine, commit }: { machine: string; commit: string },
): Promise<string | null> {
  const ref = strayRef(task, machine);
  const fetched = await git(fence.remote, {
    arguments: ['ls-remote', '--', checkedAddress(url), ref],
  });
  if (fetched.kind === 'failed') return remoteProblem(fetched.problem);
  const from = /^[0-9a-f]+/.exec(fetched.output)?.[0] ?? null;
  if (from === commit) return null;
  const base = from === null ? null : await fetchCommit({ fence, url }, ref);
  if (base !== null && 'problem' in base) return base.problem;
  const joined =
    from === null ? { id: commit } : await joinedCommit(fence.local, { commit, earlier: from });
  if ('problem' in joined) return joined.problem;
  const words = [`--force-with-lease=${ref}:${from ?? ''}`, `${joined.id}:${ref}`];
  const pushed = await pushAll(fence.remote, url, words);
  if (pushed === 'refused') return 'another program moved the ref at the same time';
  return pushed === 'done' ? null : pushed.problem;
}

/** Brings the commit of a remote's ref into the project's repository, where no ref holds it yet. */
export async function fetchCommit(
  { fence, url }: Pick<FencePlace, 'fence' | 'url'>,
  ref: string,
): Promise<{ id: string } | Problem> {
  const own = 'refs/fence/fetched';
  const answer = await git(fence.remote, {
    arguments: ['fetch', '--quiet', '--no-tags', '--', checkedAddress(url), `+${ref}:${own}`],
  });
  if (answer.kind === 'failed') return { problem: remoteProblem(answer.problem) };
  const id = await git(fence.local, { arguments: ['rev-parse', '--verify', `${own}^{commit}`] });
  return id.kind === 'ok' ? { id: id.output.trim() } : { problem: id.problem };
}

async function emptyCommit(call: GitCall, message: string): Promise<{ id: string } | Problem> {
  const tree = await git(call, { arguments: ['mktree'] });
  if (tree.kind === 'failed') return { problem: tree.problem };
  return commitOf(call, { tree: tree.output.trim(), parents: [], message });
}

/** The tree of the new one, and both as parents. */
async function joinedCommit(
  call: GitCall,
  { commit, earlier }: { commit: string; earlier: string },
): Promise<{ id: string } | Problem> {
  const message = 'Work of a machine that had lost the task\n';
  return commitOf(call, { tree: `${commit}^{tree}`, parents: [commit, earlier], message });
}

async function commitOf(
  call: GitCall,
  { tree, parents, message }: { tree: string; parents: readonly string[]; message: string },
): Promise<{ id: string } | Problem> {
  const answer = await git(call, {
    arguments: [
      'commit-tree',
      '--no-gpg-sign',
      ...parents.flatMap((parent) => ['-p', parent]),
      tree,
    ],
    input: Buffer.from(message).toString('latin1'),
  });
  return answer.kind === 'ok' ? { id: answer.output.trim() } : { problem: answer.problem };
}
