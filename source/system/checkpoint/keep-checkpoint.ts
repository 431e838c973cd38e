// Keeps a tree of the project's files as a checkpoint: a commit that only a ref below refs/autonomous/ holds. The user's
// branch, HEAD, index, stash and reflogs are never touched, and no hook runs. Doing it twice is doing it once.

import {
  beforeRef,
  checkpointMessage,
  checkpointRef,
  type Checkpoint,
} from '../../core/checkpoint/checkpoint-refs.ts';
import { git, type ConfigurationEntry, type GitCall } from '../git/command.ts';
import { neutralConfiguration } from '../git/neutral-configuration.ts';
import { callFor, type TreeOrder } from '../git/take-tree.ts';
import { moveRefs, readCheckpoints, resolved, type Move } from './refs.ts';
import { treeWithFiles, type AddedFile } from './tree-with-files.ts';

type CheckpointOrder = Omit<TreeOrder, 'index' | 'limits'> & {
  task: string;
  /** Of the task's refs. */
  refs: string;
  /** `before`: the session is about to start. */
  moment: 'before' | 'after';
  session: number;
  /** Of the project's files as they are. */
  tree: string;
  /** In the task's directory, which is given by its steps below the root. */
  files: readonly AddedFile[];
  directory: readonly string[];
};

/** Null if everything is in a checkpoint already. */
type Kept = { commit: string | null } | { problem: string };

const author: readonly ConfigurationEntry[] = ['user', 'author', 'committer'].flatMap((who) => [
  { key: `${who}.name`, value: 'autonomous-tui' },
  { key: `${who}.email`, value: 'autonomous-tui@localhost' },
]);

export function checkpointCall(order: Omit<TreeOrder, 'index' | 'limits'>): GitCall {
  return {
    ...callFor(order),
    configuration: [
      ...neutralConfiguration,
      ...author,
      { key: 'core.logAllRefUpdates', value: 'false' },
      { key: 'i18n.commitEncoding', value: 'UTF-8' },
    ],
  };
}

export async function keepCheckpoint(order: CheckpointOrder): Promise<Kept> {
  const call = checkpointCall(order);
  const known = await readCheckpoints(call, order.refs);
  if ('problem' in known) return known;
  const tree = await treeWithFiles(call, order.tree, order);
  if ('problem' in tree) return tree;
  const context = { call, order, known: known.checkpoints, tree: tree.id };
  if (order.moment === 'after') return keepAfter(context);
  return order.session === 1 ? keepFirst(context) : keepBefore(context);
}

type Context = {
  call: GitCall;
  order: CheckpointOrder;
  known: readonly Checkpoint[];
  tree: string;
};

/** What an earlier task of that name left becomes history of the first checkpoint. */
async function keepFirst(context: Context): Promise<Kept> {
  const { call, order, known, tree } = context;
  const first = known.find(({ session }) => session === 0);
  const others = known.filter(({ session }) => session !== 0);
  if (first !== undefined && others.length === 0 && (await treeOf(call, first.commit)) === tree) {
    return { commit: null };
  }
  const parents = [known.at(-1)?.commit, first?.commit].filter((one) => one !== undefined);
  const ref = checkpointRef(order.refs, 0);
  const kept = await committed(context, parents, { ref, from: first?.commit ?? null });
  if ('problem' in kept || others.length === 0) return kept;
  const removed = await moveRefs(
    call,
    others.map(({ ref, commit }) => ({ ref, to: null, from: commit })),
  );
  return removed.kind === 'ok' ? kept : { problem: removed.problem };
}

/** What the user changed since the session before is not this session's. */
async function keepBefore(context: Context): Promise<Kept> {
  const { call, order, known, tree } = context;
  const last = lastBefore(known, order.session);
  const ref = beforeRef(order.refs, order.session);
  const from = await resolved(call, ref);
  if (from !== null && (await treeOf(call, from)) === tree) return { commit: null };
  const isAsLast = last !== undefined && (await treeOf(call, last.commit)) === tree;
  if (isAsLast && last.session === order.session - 1 && from === null) return { commit: null };
  const parents = [last?.commit, from].filter((one) => one !== undefined && one !== null);
  return committed(context, parents, { ref, from });
}

async function keepAfter(context: Context): Promise<Kept> {
  const { call, order, known, tree } = context;
  const { refs, session } = order;
  const before = {
    ref: beforeRef(refs, session),
    commit: await resolved(call, beforeRef(refs, session)),
  };
  const own = known.find((one) => one.session === session);
  const isKept = own !== undefined && (await treeOf(call, own.commit)) === tree;
  const base = before.commit ?? (await baseOf(call, own)) ?? lastBefore(known, session)?.commit;
  const parents = [base, own?.commit].filter((one) => one !== undefined);
  const kept = isKept
    ? { commit: null }
    : await committed(context, parents, {
        ref: checkpointRef(refs, session),
        from: own?.commit ?? null,
      });
  if (before.commit !== null && !('problem' in kept)) {
    // If it stays, it only shows: the session's own checkpoint counts.
    await moveRefs(call, [{ ref: before.ref, to: null, from: before.commit }]);
  }
  return kept;
}

/** What an earlier try took as the state before the session. */
async function baseOf(call: GitCall, own: Checkpoint | undefined): Promise<string | null> {
  return own === undefined ? null : resolved(call, `${own.commit}^1`);
}

function lastBefore(known: readonly Checkpoint[], session: number): Checkpoint | undefined {
  return known.findLast((one) => one.session < session);
}

function treeOf(call: GitCall, commit: string): Promise<string | null> {
  return resolved(call, `${commit}^{tree}`);
}

async function committed(
  { call, order, tree }: Context,
  parents: readonly string[],
  move: Omit<Move, 'to'>,
): Promise<Kept> {
  // A parent whose object is damaged must not stop the next checkpoint.
  const whole: string[] = [];
  for (const parent of new Set(parents)) {
    if ((await treeOf(call, parent)) !== null) whole.push(parent);
  }
  const commit = await git(call, {
    arguments: ['commit-tree', '--no-gpg-sign', ...whole.flatMap((parent) => ['-p', parent]), tree],
    input: checkpointMessage(order.task, order),
  });
  if (commit.kind === 'failed') return { problem: commit.problem };
  const id = commit.output.trim();
  const moved = await moveRefs(call, [{ ...move, to: id }]);
  return moved.kind === 'ok' ? { commit: id } : { problem: moved.problem };
}
