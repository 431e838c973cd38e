// A tree object of a repository's files as they are now, untracked ones included and ignored ones not. Nothing of the
// repository's own runs; branch, HEAD, index and stash of the user do not change. Repositories within it are never
// entered: a submodule keeps the commit that is recorded for it, another one's files are taken as plain files.

import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makePrivateDirectory } from '../files/safe-file.ts';
import type { Environment } from '../state/state-files.ts';
import { shownPath } from './changed-files.ts';
import { git, type GitCall } from './command.ts';
import { defaultTreeLimits, type TreeLimits } from './left-out.ts';
import { configurationOver, type RepositoryConfiguration } from './neutral-configuration.ts';
import {
  beginIndex,
  discardIndex,
  isWholeIndex,
  keepSparseFiles,
  noteWholeIndex,
  pathsIn,
  usersSubmodules,
  type OwnIndex,
} from './own-index.ts';
import type { Repository } from './repository.ts';
import { stagedChanges } from './staged-changes.ts';
import type { LeftOut, Tree } from './tree-kind.ts';
import { copyIndex } from './copy-index.ts';

export type TreeOrder = {
  /** Git itself: an absolute path. */
  program: string;
  repository: Repository;
  /** A file in the state directory, for this task only; made where it is missing. */
  index: string;
  environment: Environment;
  limits?: TreeLimits;
  timeoutMs?: number;
};

type TakenTree = Tree | { problem: string };

const gitPatienceMs = 10 * 60 * 1000;
/** Repositories within repositories within …: deeper ones are left out. */
const deepestNesting = 4;

export async function takeTree(order: TreeOrder): Promise<TakenTree> {
  const call = callFor(order);
  const over = await configurationOver(call);
  if ('problem' in over) return over;
  const context = { ...order, over, limits: order.limits ?? defaultTreeLimits };
  const own = { ...call, configuration: over.entries, index: order.index };
  const tree = await treeByIndex(own, context);
  if (!('problem' in tree)) await noteWholeIndex(own);
  return tree;
}

async function treeByIndex(own: OwnIndex, context: Context): Promise<TakenTree> {
  if (await isWholeIndex(own)) {
    const tree = await treeOf(own, context, 0);
    if (!('problem' in tree && isAboutIndex(tree.problem))) return tree;
  }
  const began = await beginIndex(own);
  return began.kind === 'failed' ? { problem: began.problem } : treeOf(own, context, 0);
}

/** Locked by a git that was killed, or not to be read: it can be made anew. */
function isAboutIndex(problem: string): boolean {
  return /index\.lock|index file|bad index/.test(problem);
}

export function callFor({
  program,
  repository,
  environment,
  timeoutMs,
}: Omit<TreeOrder, 'index' | 'limits'>): GitCall {
  const { gitDir, root } = repository;
  const time = timeoutMs ?? gitPatienceMs;
  return {
    program,
    gitDir,
    workTree: root,
    index: null,
    configuration: [],
    environment,
    timeoutMs: time,
  };
}

type Context = TreeOrder & { over: RepositoryConfiguration; limits: TreeLimits };

async function treeOf(call: OwnIndex, context: Context, depth: number): Promise<TakenTree> {
  const users = { ...call, index: null };
  const { over, limits } = context;
  const isRoot = depth === 0;
  if (over.isSparse && isRoot) {
    const kept = await keepSparseFiles(call, users);
    if (kept.kind === 'failed') return { problem: kept.problem };
  }
  const [submodules, changed] = await Promise.all([
    isRoot ? usersSubmodules(users) : new Map<string, string>(),
    stagedChanges(call, { ...over, limits }),
  ]);
  if ('problem' in submodules) return submodules;
  if ('problem' in changed) return changed;
  const mounted = await mountedTrees(call, changed.nested, { context, depth, submodules });
  if ('problem' in mounted) return mounted;
  const id = await writtenTree(call, mounted.entries);
  if ('problem' in id) return id;
  return { kind: 'git', id: id.id, leftOut: [...changed.leftOut, ...mounted.leftOut] };
}

type Mounting = { context: Context; depth: number; submodules: ReadonlyMap<string, string> };
type Mounted = { entries: readonly string[]; leftOut: readonly LeftOut[] };

/** What stands in the tree for the repositories within it, as entries of `ls-tree`. */
async function mountedTrees(
  call: OwnIndex,
  nested: readonly string[],
  { context, depth, submodules }: Mounting,
): Promise<Mounted | { problem: string }> {
  const entries = [...submodules].map(([path, commit]) => `160000 commit ${commit}\t${path}`);
  const leftOut = [...submodules.keys()].map((path): LeftOut => ({
    path: shownPath(path),
    reason: 'submodule',
  }));
  for (const path of nested) {
    const shown = shownPath(path);
    if (submodules.has(path)) continue;
    if (depth >= deepestNesting || !isText(path)) {
      leftOut.push({ path: shown, reason: 'unreadable' });
      continue;
    }
    const inner = await innerTree(
      { ...call, workTree: join(call.workTree, shown) },
      context,
      depth,
    );
    if ('problem' in inner) return inner;
    entries.push(...inner.entries.map((entry) => entry.replace('\t', `\t${path}/`)));
    leftOut.push(...inner.leftOut.map((one) => ({ ...one, path: `${shown}/${one.path}` })));
  }
  return { entries, leftOut };
}

/** The files of a repository within, by an index for this once. */
async function innerTree(
  call: OwnIndex,
  context: Context,
  depth: number,
): Promise<Mounted | { problem: string }> {
  const directory = await temporaryDirectory(context.index);
  try {
    const own = { ...call, index: join(directory, 'index') };
    const tree = await treeOf(own, context, depth + 1);
    if ('problem' in tree) return tree;
    const listed = await git(own, { arguments: ['ls-tree', '-r', '-z', tree.id] });
    if (listed.kind === 'failed') return { problem: listed.problem };
    return { entries: pathsIn(listed.output), leftOut: tree.leftOut };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Entries that must not stay in the index, where git would look into them, go into a copy. */
async function writtenTree(
  call: OwnIndex,
  entries: readonly string[],
): Promise<{ id: string } | { problem: string }> {
  const index = `${call.index}.whole`;
  const whole = entries.length === 0 ? call : { ...call, index };
  try {
    if (entries.length > 0) {
      await discardIndex(whole);
      await copyIndex(call.index, index).catch(() => {});
      const added = await git(whole, {
        arguments: ['update-index', '-z', '--replace', '--index-info'],
        input: entries.map((entry) => `${entry}\0`).join(''),
      });
      if (added.kind === 'failed') return { problem: added.problem };
    }
    // Objects that a partial clone left away must not be looked for.
    const answer = await git(whole, { arguments: ['write-tree', '--missing-ok'] });
    return answer.kind === 'ok' ? { id: answer.output.trim() } : { problem: answer.problem };
  } finally {
    if (entries.length > 0) await discardIndex(whole);
  }
}

async function temporaryDirectory(index: string): Promise<string> {
  await makePrivateDirectory(dirname(index));
  return mkdtemp(`${index}.inner-`);
}

function isText(path: string): boolean {
  return !shownPath(path).includes('\uFFFD');
}
