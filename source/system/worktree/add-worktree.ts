// Gives a task its worktree: a branch from HEAD, and a directory of its own with that branch. The user's branch, HEAD,
// index and files do not change, and nothing that the repository names runs. Doing it twice is doing it once: the record
// comes first, and each try goes on from what it finds.

import { lstat, realpath, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { branchFor } from '../../core/worktree/branch-name.ts';
import type { TaskWorktree } from '../../core/worktree/task-worktree.ts';
import { resolved, moveRefs } from '../checkpoint/refs.ts';
import { readSmallFile } from '../files/safe-file.ts';
import { git, type GitCall } from '../git/command.ts';
import { configurationOver, neutralConfiguration } from '../git/neutral-configuration.ts';
import { gitIn } from '../git/project-tree.ts';
import { findRepository, type Repository } from '../git/repository.ts';
import { callFor, type TreeOrder } from '../git/take-tree.ts';
import { listWorktrees } from '../merge/common-directory.ts';
import type { Environment } from '../state/state-files.ts';
import { placeFor, whatIsAt } from './where.ts';
import { noRepository, whatIsUnderWay } from './why-not.ts';

type WorktreeOrder = {
  /** Its real path. */
  project: string;
  task: string;
  environment: Environment;
  /** The directory of all worktrees. */
  worktrees: string;
  /** What an earlier try recorded; null at the first. */
  recorded: TaskWorktree | null;
  /** Called before anything is made. */
  record(worktree: TaskWorktree): Promise<void>;
};

/** `workplace`: the project's directory in the worktree. `notes`: what the user should know of it. */
type Added = { worktree: TaskWorktree; workplace: string; notes: readonly string[] } | Problem;
type Problem = { problem: string };
type Found = Omit<TreeOrder, 'index' | 'limits'>;

/** Only the holder of the task's locks may call it. */
export async function addWorktree(order: WorktreeOrder): Promise<Added> {
  const found = await gitIn(order.project, order.environment);
  if ('problem' in found) return { problem: await noRepository(order.project, found.problem) };
  const call = { ...callFor(found), configuration: [...neutralConfiguration] };
  const worktree = order.recorded ?? (await planned(order, found, call));
  if ('problem' in worktree) return worktree;
  const problem =
    (await isComplete(worktree, found)) === null ? await added(worktree, found, call) : null;
  if (problem !== null) return { problem };
  const own = await isComplete(worktree, found);
  if (own === null) return { problem: notOurs(worktree) };
  const out = await checkedOut({ ...found, repository: own });
  if ('problem' in out) return out;
  if (worktree.made !== true) await order.record({ ...worktree, made: true });
  const workplace = join(own.root, relative(found.repository.root, order.project));
  return { worktree, workplace, notes: out.notes };
}

/** Records what is going to be made. */
async function planned(
  order: WorktreeOrder,
  { repository }: Found,
  call: GitCall,
): Promise<TaskWorktree | Problem> {
  const problem = await whatIsUnderWay(repository);
  if (problem !== null) return { problem };
  const base = await resolved(call, 'HEAD^{commit}');
  if (base === null) {
    return { problem: 'There can be no worktree: the repository has no commit yet' };
  }
  const place = await placeFor({ ...order, root: repository.root });
  if ('problem' in place) return place;
  if ((await whatIsAt(place.path)) !== 'nothing') return inTheWay(place.path);
  const heads = await git(call, {
    arguments: ['for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads/'],
  });
  if (heads.kind === 'failed') return { problem: heads.problem };
  const branch = branchFor(order.task, heads.output.split('\n'));
  if (branch === null) return { problem: 'No name is free for the branch of the task' };
  const head = await git(call, { arguments: ['symbolic-ref', '--quiet', 'HEAD'] });
  const from = head.kind === 'ok' ? textOf(head.output) : null;
  const worktree = { path: place.path, branch, from, base };
  await order.record(worktree);
  return worktree;
}

function notOurs({ path, branch }: TaskWorktree): string {
  return `${path} is not the worktree of ${branch} any more: bring that back, or move away what is there`;
}

function inTheWay(path: string): Problem {
  return { problem: `${path} is there already, where the worktree should be: move it away` };
}

/** The problem, or null. */
async function added(
  { path, branch, base, made }: TaskWorktree,
  { repository }: Found,
  call: GitCall,
): Promise<string | null> {
  const there = await whatIsAt(path);
  if (there === 'other') return inTheWay(path).problem;
  const away = made === true ? await whereItWent({ path, branch }, call) : null;
  if (away !== null) return away;
  const ref = `refs/heads/${branch}`;
  if ((await resolved(call, `${ref}^{commit}`)) === null) {
    // From where it began, all that the task did would be missing.
    if (made === true) return `${branch} is gone: bring it back with git branch ${branch} COMMIT`;
    const moved = await moveRefs(call, [{ ref, to: base, from: null }]);
    if (moved.kind === 'failed') return moved.problem;
  }
  // A try that was killed left it.
  if (there === 'only .git') await rm(join(path, '.git'));
  // Twice forced: what git knows of the killed try, locked or not, is replaced.
  const answer = await git(
    { ...call, workTree: repository.root },
    { arguments: ['worktree', 'add', '--force', '--force', '--no-checkout', path, branch] },
  );
  return answer.kind === 'ok' ? null : answer.problem;
}

/** Why a worktree that was there is not to be made again at its place; null if it was deleted. */
async function whereItWent(
  { path, branch }: Pick<TaskWorktree, 'path' | 'branch'>,
  call: GitCall,
): Promise<string | null> {
  const parent = dirname(path);
  if (!(await isThere(parent))) {
    return `${path} cannot be reached: mount its disk. If it was deleted, mkdir -p ${parent} lets it come back with what was committed`;
  }
  const listed = await listWorktrees(call);
  if ('problem' in listed) return null;
  const other = listed.worktrees.find(
    (one) => one.ref === `refs/heads/${branch}` && one.path !== path,
  );
  return other === undefined
    ? null
    : `${branch} is checked out in ${other.path}: bring it back with git worktree move ${other.path} ${path}, or switch to another branch there`;
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** The repository that a worktree is, if git knows it, of this repository and on its branch; else null. */
async function isComplete(
  { path, branch }: TaskWorktree,
  found: Found,
): Promise<Repository | null> {
  const own = await findRepository(path).catch(() => null);
  if (own === null || 'problem' in own || own.repository.root !== path) return null;
  const { gitDir } = own.repository;
  if ((await commonOf(gitDir)) !== (await commonOf(found.repository.gitDir))) return null;
  const head = await readSmallFile(join(gitDir, 'HEAD'), { maxBytes: 4096 });
  return head?.text === `ref: refs/heads/${branch}\n` ? own.repository : null;
}

/** The git directory that all worktrees of a repository share. */
async function commonOf(gitDir: string): Promise<string> {
  const file = await readSmallFile(join(gitDir, 'commondir'), { maxBytes: 4096 });
  return file === null ? gitDir : realpath(join(gitDir, file.text.trim()));
}

/** Git writes the index when all files are there. */
async function checkedOut(own: Found): Promise<{ notes: readonly string[] } | Problem> {
  const { gitDir } = own.repository;
  const lock = await readSmallFile(join(gitDir, 'locked'), { maxBytes: 4096 });
  // Git unlocks what it has added, unless it is killed.
  if (lock?.text.trim() === 'initializing') await rm(join(gitDir, 'locked'), { force: true });
  if ((await readSmallFile(join(gitDir, 'index'), { maxBytes: 4 })) !== null) return { notes: [] };
  await rm(join(gitDir, 'index.lock'), { force: true });
  const call = callFor(own);
  const over = await configurationOver(call);
  if ('problem' in over) return over;
  const answer = await git(
    { ...call, configuration: over.entries },
    { arguments: ['read-tree', '--reset', '-u', 'HEAD'] },
  );
  if (answer.kind === 'failed') return { problem: answer.problem };
  return { notes: over.hasLfs || !(await namesLfs(own)) ? [] : [pointers] };
}

const pointers = 'The files of Git LFS are pointers in the worktree: git-lfs is not installed';

/** Where `git lfs track` writes it. */
async function namesLfs({ repository: { root } }: Found): Promise<boolean> {
  const attributes = await readSmallFile(join(root, '.gitattributes'), {
    maxBytes: 64 * 1024,
  }).catch(() => null);
  return attributes?.text.includes('filter=lfs') === true;
}

function textOf(output: string): string {
  return Buffer.from(output, 'latin1').toString().trim();
}
