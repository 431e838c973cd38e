// The work of a task that machines share, on one of them: what the git remote has of it comes here, and what is done here
// goes there, under the fence.

import { fenceRefs, machineIn, type FenceState } from '../../core/fence/fence-refs.ts';
import { git } from '../git/command.ts';
import { takenWork, workCommit } from './hand-over.ts';
import {
  fetchCommit,
  keepStray,
  moveFence,
  readFence,
  type FenceMove,
  type Pushed,
} from './remote.ts';
import type { TaskClone } from './task-clone.ts';
import { withoutSecrets } from './without-secrets.ts';

type Problem = { problem: string };

/** Of this machine's claim at the hub. */
type Holder = { machine: string; epoch: number; nonce: string };

type SharedDeps = {
  clone: TaskClone;
  url: string;
  /** Its id in the refs. */
  task: string;
  /** The commit at which the work began. */
  base: string;
  /** The task's directory, from the root, with slashes. */
  directory: string;
};

/** `head`: for the task's branch; `files`: of the task's directory, by name. */
type Brought = { head: string; files: ReadonlyMap<string, Buffer> };

export type SharedWork = {
  /**
   * Takes the work over. `wasOwn`: this machine had it last. `brought` is null if nothing has to come here. `refused`: another
   * machine has just taken it. `isHere`: this machine has a worktree of the task.
   */
  take(
    holder: Holder,
    isHere: boolean,
  ): Promise<
    { kind: 'done'; wasOwn: boolean; brought: Brought | null } | { kind: 'refused' } | Failed
  >;
  /**
   * Hands on the files as they are after a session, or while it runs; answers what stays on this machine because it looks
   * like a secret.
   */
  keep(
    work: Kept & { isUnderway: boolean },
  ): Promise<{ kind: 'done'; leftOut: readonly string[] } | Exclude<Pushed, Done>>;
  /** Keeps what was done here after the task was lost. The problem, or null. */
  keepStray(work: Omit<Kept, 'session'> & { machine: string }): Promise<string | null>;
  /** A tree of files without what must not reach the remote. */
  safeTree(tree: string): Promise<{ id: string } | Problem>;
};

type Failed = { kind: 'failed'; problem: string };
type Done = { kind: 'done' };
/** `tree`: of the files, with the task's list and notes; `head`: what the task's branch has. */
type Kept = { tree: string; head: string; session: number };

export function sharedWork({ clone, url, task, base, directory }: SharedDeps): SharedWork {
  const { fence } = clone;
  const place = { fence, url, task };
  const refs = fenceRefs(task);
  let holder: Holder | null = null;
  let state: FenceState = { lease: null, work: null };
  /** What the remote may hold from here, of pushes whose outcome is unknown since the last that came through. */
  let mayBe: FenceState[] = [];

  async function lastMachine(): Promise<string | null> {
    if (state.lease === null) return null;
    const fetched = await fetchCommit(place, refs.lease);
    if ('problem' in fetched) return null;
    const message = await git(fence.local, {
      arguments: ['show', '-s', '--format=%B', fetched.id],
    });
    return message.kind === 'ok' ? machineIn(message.output) : null;
  }

  async function bring(): Promise<Brought | Problem> {
    const work = await fetchCommit(place, refs.work);
    if ('problem' in work) return work;
    return takenWork(fence.local, {
      ...{ work: work.id, directory },
      message: 'Work of a session that was cut off\n',
    });
  }

  /** A push that was taken for failed may have arrived: then what this machine knows is one step behind its own. */
  async function moveOn(move: Omit<FenceMove, 'from'>): Promise<Pushed> {
    let moved = await moveFence(place, { ...move, from: state });
    if (moved.kind === 'refused' && mayBe.length > 0) {
      const read = await readFence(place);
      if ('problem' in read) return { kind: 'failed', ...read };
      const own = mayBe.find(({ lease }) => lease === read.lease);
      if (own === undefined) return moved;
      state = own;
      moved = await moveFence(place, { ...move, from: state });
    }
    if (moved.kind === 'failed' && moved.mayBe !== undefined) mayBe.push(moved.mayBe);
    if (moved.kind === 'done') [state, mayBe] = [moved.state, []];
    return moved;
  }

  async function commitOf({ tree, head }: Omit<Kept, 'session'>, message: string) {
    return workCommit(fence.local, { tree, head, base, message, directory });
  }

  return {
    take: async (claimed, isHere) => {
      const read = await readFence(place);
      if ('problem' in read) return { kind: 'failed', ...read };
      state = read;
      const wasOwn = (await lastMachine()) === claimed.machine;
      const brought = state.work === null || (wasOwn && isHere) ? null : await bring();
      if (brought !== null && 'problem' in brought) return { kind: 'failed', ...brought };
      const moved = await moveFence(place, {
        ...{ holder: { task, ...claimed }, session: 0, from: state, work: state.work },
      });
      if (moved.kind !== 'done') return moved;
      [holder, state, mayBe] = [claimed, moved.state, []];
      return { kind: 'done', wasOwn, brought };
    },
    keep: async ({ session, isUnderway, ...files }) => {
      if (holder === null) return { kind: 'refused' };
      const moment = isUnderway ? ', while it runs' : '';
      const commit = await commitOf(files, `Session ${session} of the task${moment}\n`);
      if ('problem' in commit) return { kind: 'failed', problem: commit.problem };
      const after = isUnderway ? session - 1 : session;
      const moved = await moveOn({ holder: { task, ...holder }, session: after, work: commit.id });
      if (moved.kind !== 'done') return moved;
      return { kind: 'done', leftOut: commit.leftOut };
    },
    keepStray: async ({ machine, ...files }) => {
      const commit = await commitOf(files, `Work of ${machine}, which had lost the task\n`);
      if ('problem' in commit) return commit.problem;
      return keepStray(place, { machine, commit: commit.id });
    },
    safeTree: (tree) => withoutSecrets(fence.local, { tree, base, directory }),
  };
}
