// What a merge of a task's branch would do. Nothing of the user's is touched: it may be asked at any time.

import { branchName, type MergePlan, type Refusal } from '../../core/merge/plan.ts';
import { git, type GitCall } from '../git/command.ts';
import type { Repository } from '../git/repository.ts';
import { checkoutsOf, isBeingRebased, unfinishedIn } from './checkouts.ts';
import { commonDirectory } from './common-directory.ts';
import { idOf, inWorktree, type MergeCall, type MergeOrder } from './merge-call.ts';
import { mergedTree } from './merged-tree.ts';
import { obstacleIn } from './obstacles.ts';
import { worktreeState } from './uncommitted.ts';
import { unresolvedIn } from './unresolved.ts';

/** `checkout`: where the files follow. */
type Planned = { plan: MergePlan; checkout: Repository | null };

export async function planMerge(call: MergeCall, order: MergeOrder): Promise<Planned> {
  const { branch, from } = order.branch;
  const refused = (why: string, more: Refusal = {}): Planned => ({
    plan: { kind: 'refused', why, ...more },
    checkout: null,
  });
  if (from === null) {
    return refused(`${branch} began where no branch was checked out`, {
      command: `git merge ${branch}`,
    });
  }
  const name = branchName(from);
  const sides = await sidesOf(call, from, branch);
  const state = await worktreeState(call, order);
  if ('why' in sides) {
    return sides.isBranchGone === true && state.kind === 'gone'
      ? { plan: { kind: 'gone' }, checkout: null }
      : refused(sides.why);
  }
  const { old, tip } = sides;
  if (state.kind === 'odd') return refused(state.why);
  const uncommitted = state.kind === 'uncommitted' ? state.paths : [];
  if (uncommitted.length > 0) {
    return refused(`${order.branch.path} has changes that are not committed`, {
      paths: uncommitted,
      command: `git -C ${order.branch.path} status`,
    });
  }
  const counts = await countsOf(call, old, tip);
  if ('problem' in counts) return refused(counts.problem);
  if (counts.ahead === 0) return { plan: { kind: 'merged', from: name }, checkout: null };
  const left = await unresolvedIn(call, sides);
  if ('problem' in left) return refused(left.problem);
  if (left.paths.length > 0) {
    return { plan: { kind: 'unresolved', from: name, paths: left.paths }, checkout: null };
  }
  const isForward = counts.behind === 0;
  const merged = isForward
    ? { kind: 'clean' as const, tree: await idOf(call, `${tip}^{tree}`) }
    : await mergedTree(call, { old, tip, state: order.state });
  if (merged.kind === 'failed') return refused(merged.problem);
  if (merged.kind === 'conflict') {
    const { paths } = merged;
    const plan = { kind: 'conflict', from: name, commits: counts.ahead, paths, old, tip } as const;
    return { plan, checkout: null };
  }
  if (merged.tree === null) return refused(`the tree of ${branch} is damaged`);
  const place = await placeOf(call, order, from);
  if ('why' in place) return refused(place.why, place);
  const { checkout } = place;
  const plan = {
    kind: isForward ? 'fast-forward' : 'merge',
    from: name,
    commits: counts.ahead,
    old,
    tip,
    tree: merged.tree,
    root: checkout?.root ?? null,
  } as const;
  if (checkout === null) return { plan, checkout };
  const obstacle = await obstacleIn(inWorktree(call, checkout), order, plan);
  return obstacle === null ? { plan, checkout } : { plan: obstacle, checkout: null };
}

/** The commits that the two branches are at. */
async function sidesOf(
  call: GitCall,
  from: string,
  branch: string,
): Promise<{ old: string; tip: string } | { why: string; isBranchGone?: true }> {
  const own = `refs/heads/${branch}`;
  const answer = await git(call, {
    arguments: ['for-each-ref', '--format=%(refname) %(objectname) %(symref)', from, own],
  });
  if (answer.kind === 'failed') return { why: answer.problem };
  const ids = new Map<string, string>();
  for (const line of answer.output.split('\n')) {
    const [ref = '', id = '', symref = ''] = line.split(' ');
    if (symref !== '')
      return { why: `${branchName(ref)} is only another name for ${branchName(symref)}` };
    if (ref !== '') ids.set(ref, id);
  }
  const [old, tip] = [ids.get(from), ids.get(own)];
  if (tip === undefined) return { why: `the branch ${branch} is gone`, isBranchGone: true };
  return old === undefined ? { why: `the branch ${branchName(from)} is gone` } : { old, tip };
}

async function countsOf(
  call: GitCall,
  old: string,
  tip: string,
): Promise<{ ahead: number; behind: number } | { problem: string }> {
  const answer = await git(call, {
    arguments: ['rev-list', '--left-right', '--count', `${old}...${tip}`, '--'],
  });
  if (answer.kind === 'failed') return { problem: answer.problem };
  const [behind = 0, ahead = 0] = answer.output.trim().split('\t').map(Number);
  return { ahead, behind };
}

type Place = { checkout: Repository | null } | ({ why: string } & Refusal);

/** Where the branch is checked out. */
async function placeOf(call: GitCall, { repository }: MergeOrder, from: string): Promise<Place> {
  const name = branchName(from);
  const common = await commonDirectory(call);
  if ('problem' in common) return { why: common.problem };
  if (await isBeingRebased(common.path, from)) {
    return { why: `a rebase of ${name} is in progress`, command: 'git rebase --continue' };
  }
  const found = await checkoutsOf(call, repository, from);
  if ('problem' in found) return { why: found.problem };
  const [checkout = null, another] = found.checkouts;
  if (another !== undefined) return { why: `${name} is checked out in more than one place` };
  if (checkout === null) return { checkout };
  const unfinished = await unfinishedIn(checkout.gitDir);
  return unfinished === null
    ? { checkout }
    : {
        why: `${unfinished} is in progress in ${checkout.root}`,
        command: `git -C ${checkout.root} status`,
      };
}
