// Begins the work on a task that machines share, once it is claimed: what its last owner did comes here, under the fence.

import { adoptedRun, conversationOf, sandboxSentence } from '../../../core/hub/adopted-run.ts';
import type { DirectoryIdentity, RunRecord } from '../../../core/run/record.ts';
import type { Sandbox } from '../../../core/task/task.ts';
import type { TaskWorktree } from '../../../core/worktree/task-worktree.ts';
import type { HubClaim } from '../../../engine/hub/claim-on-hub.ts';
import type { RunnerDeps } from '../../../engine/run/runner-deps.ts';
import { endLostSession } from '../../../engine/session/lost-session.ts';
import { moveRefs, resolved } from '../../../system/checkpoint/refs.ts';
import type { SharedWork } from '../../../system/fence/shared-work.ts';
import type { TaskClone } from '../../../system/fence/task-clone.ts';
import { inDirectory } from '../../../system/files/entered-directory.ts';
import { replaceFile } from '../../../system/files/safe-file.ts';
import { git } from '../../../system/git/command.ts';
import { projectTree } from '../../../system/git/project-tree.ts';

type Parts = {
  own: RunnerDeps;
  work: SharedWork;
  clone: TaskClone;
  machine: string;
  /** What this machine's worker was started with. */
  sandbox: Sandbox;
  /** Returns whether the conversation is here now. Never rejects. */
  bringConversation(threadId: string): Promise<boolean>;
  /** What the user told it while another machine had it. `lost`: the session that ended with that machine. */
  takeOverGuidance(lost: string | null): Promise<void>;
};

/** False: another machine took the work at the same time. Throws a sentence. */
export async function takeWork({ recorded, ...claimed }: HubClaim, parts: Parts): Promise<boolean> {
  const { own, work, machine } = parts;
  const lease = claimed.heldLease();
  const identity = await own.task.identity();
  if (lease === null || identity === null) return false;
  const { epoch, nonce } = lease;
  const worktree = await own.state.readWorktree(identity);
  const taken = await work.take({ machine, epoch, nonce }, worktree !== null);
  if (taken.kind === 'refused') return false;
  if (taken.kind === 'failed') throw new Error(taken.problem);
  const { wasOwn, brought } = taken;
  if (brought !== null) {
    if (worktree !== null) await leave(worktree, parts);
    await place(brought, parts);
  }
  const isKnown = wasOwn && (await own.state.readRecord()) !== null;
  if (isKnown) return true;
  if (recorded !== null) await adopt(recorded, identity, parts);
  await parts.takeOverGuidance(lostSession(recorded));
  return true;
}

async function adopt(
  recorded: RunRecord,
  directory: DirectoryIdentity,
  { own, sandbox, bringConversation }: Parts,
): Promise<void> {
  // The log goes on with what comes now; a problem with what was before does not hold it up.
  await endLostSession(own).catch(() => {});
  const thread = conversationOf(recorded);
  const isHere = thread !== null && (await bringConversation(thread));
  if (isHere) await own.task.writeThreadId(thread);
  const here = { directory, sandbox, now: own.clock.now(), conversation: isHere ? thread : null };
  const changed = sandboxSentence(recorded, here);
  if (changed !== null) await own.state.note(changed).catch(() => {});
  await own.state.writeRecord(adoptedRun(recorded, here));
}

/** The session that had not ended when its machine was gone. */
function lostSession(recorded: RunRecord | null): string | null {
  const session = recorded?.session ?? null;
  return session === null || session.ended !== null ? null : session.uuid;
}

/** What was done here after the task was lost is kept at the remote; the worktree makes room for what came instead. */
async function leave(
  { path, branch }: TaskWorktree,
  { own, work, clone, machine }: Parts,
): Promise<void> {
  const { call } = clone;
  const ref = `refs/heads/${branch}`;
  const head = await resolved(call, ref);
  const { id: tree } = await projectTree({
    ...{ project: path, state: own.state.path, environment: process.env },
  });
  if (head !== null && (await resolved(call, `${tree}^{tree}`)) !== null) {
    const problem = await work.keepStray({ machine, tree, head });
    if (problem !== null) throw new Error(problem);
  }
  const removed = await git(call, { arguments: ['worktree', 'remove', '--force', path] });
  if (removed.kind === 'failed') throw new Error(removed.problem);
  if (head !== null) await moveRefs(call, [{ ref, to: null, from: head }]);
  await own.state.forgetWorktree();
}

/** The files of the last owner: its branch for the task's own, and the list and notes. */
async function place(
  { head, files }: { head: string; files: ReadonlyMap<string, Buffer> },
  { own, clone }: Parts,
): Promise<void> {
  const { call, project } = clone;
  for (const words of [
    ['read-tree', '--reset', '-u', head],
    ['update-ref', '--no-deref', 'HEAD', head],
  ]) {
    const done = await git(call, { arguments: words });
    if (done.kind === 'failed') throw new Error(done.problem);
  }
  const steps = own.task.path.slice(project.length + 1).split('/');
  await inDirectory([project, ...steps], async (at) => {
    for (const [name, bytes] of files) await replaceFile(`${at}/${name}`, bytes);
  });
}
