// Keeps a tree of the project's files as a checkpoint: a commit that only a ref below refs/autonomous/ holds. The user's
// branch, HEAD, index, stash and reflogs are never touched, and no hook runs. Doing it twice is doing it once.

import {
  beforeRef,
  checkpointMessage,
  checkpointRef,
  checkpointsIn,
  type Checkpoint,
} from '../../core/checkpoint/checkpoint-refs.ts';
import { git, type ConfigurationEntry, type GitCall } from '../git/command.ts';
import { neutralConfiguration } from '../git/neutral-configuration.ts';
import { callFor, type TreeOrder } from '../git/take-tree.ts';
import { moveRefs, readKeptCommits, resolved, type KeptCommit, type Move } from './refs.ts';
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
  const [kept, tree] = await Promise.all([
    readKeptCommits(call, order.refs),
    treeWithFiles(call, order.tree, order),
  ]);
  if ('problem' in kept) return kept;
  if ('problem' in tree) return tree;
  const refs = [...kept].map(([ref, { commit }]) => `${ref} ${commit}`).join('\n');
  const known = checkpointsIn(refs, order.refs).map((one) => ({ ...one, ...kept.get(one.ref)! }));
  const before = kept.get(beforeRef(order.refs, order.session)) ?? null;
  const context = { call, order, known, before, tree: tree.id };
  if (order.moment === 'after') return keepAfter(context);
  return order.session === 1 ? keepFirst(context) : keepBefore(context);
}

type Known = Checkpoint & KeptCommit;

type Context = {
  call: GitCall;
  order: CheckpointOrder;
  known: readonly Known[];
  /** What the user changed before this session. */
  before: KeptCommit | null;
  tree: string;
};

/** What an earlier task of that name left becomes history of the first checkpoint. */
async function keepFirst(context: Context): Promise<Kept> {
  const { call, order, known, tree } = context;
  const first = known.find(({ session }) => session === 0);
  const others = known.filter(({ session }) => session !== 0);
  if (first?.tree === tree && others.length === 0) return { commit: null };
  const ref = checkpointRef(order.refs, 0);
  const kept = await committed(context, [known.at(-1), first], {
    ref,
    from: first?.commit ?? null,
  });
  if ('problem' in kept || others.length === 0) return kept;
  const removed = await moveRefs(
    call,
    others.map(({ ref, commit }) => ({ ref, to: null, from: commit })),
  );
  return removed.kind === 'ok' ? kept : { problem: removed.problem };
}

/** What the user changed since the session before is not this session's. */
async function keepBefore(context: Context): Promise<Kept> {
  const { order, known, before, tree } = context;
  const last = lastBefore(known, order.session);
  if (before?.tree === tree) return { commit: null };
  const isAsLast = last?.tree === tree && last.session === order.session - 1;
  if (isAsLast && before === null) return { commit: null };
  const ref = beforeRef(order.refs, order.session);
  return committed(context, [last, before], { ref, from: before?.commit ?? null });
}

async function keepAfter(context: Context): Promise<Kept> {
  const { call, order, known, before, tree } = context;
  const { refs, session } = order;
  const own = known.find((one) => one.session === session);
  const kept =
    own?.tree === tree
      ? { commit: null }
      : await committed(context, [before ?? (await baseOf(context, own)), own], {
          ref: checkpointRef(refs, session),
          from: own?.commit ?? null,
        });
  if (before !== null && !('problem' in kept)) {
    // If it stays, it only shows: the session's own checkpoint counts.
    const ref = beforeRef(refs, session);
    await moveRefs(call, [{ ref, to: null, from: before.commit }]);
  }
  return kept;
}

/** What an earlier try took as the state before the session, or the last checkpoint before it. */
async function baseOf(
  { call, order, known }: Context,
  own: Known | undefined,
): Promise<Parent | undefined> {
  const commit = own?.parent ?? null;
  if (commit === null) return lastBefore(known, order.session);
  return { commit, tree: await resolved(call, `${commit}^{tree}`) };
}

function lastBefore(known: readonly Known[], session: number): Known | undefined {
  return known.findLast((one) => one.session < session);
}

type Parent = Pick<KeptCommit, 'commit' | 'tree'>;

async function committed(
  { call, order, tree }: Context,
  parents: readonly (Parent | null | undefined)[],
  move: Omit<Move, 'to'>,
): Promise<Kept> {
  // A parent whose object is damaged must not stop the next checkpoint.
  const whole = parents.flatMap((one) => (one?.tree ? one.commit : []));
  const commit = await git(call, {
    arguments: [
      'commit-tree',
      '--no-gpg-sign',
      ...[...new Set(whole)].flatMap((parent) => ['-p', parent]),
      tree,
    ],
    input: checkpointMessage(order.task, order),
  });
  if (commit.kind === 'failed') return { problem: commit.problem };
  const id = commit.output.trim();
  const moved = await moveRefs(call, [{ ...move, to: id }]);
  return moved.kind === 'ok' ? { commit: id } : { problem: moved.problem };
}
