// Hands the files of a session on to the other machines, under the fence: after it, and now and then while it runs.

import { checkpointRef } from '../../../core/checkpoint/checkpoint-refs.ts';
import { safeLine } from '../../../core/text/safe-text.ts';
import type { RunnerDeps } from '../../../engine/run/runner-deps.ts';
import { treeNow } from '../../../system/checkpoint/files-now.ts';
import { checkpointCall } from '../../../system/checkpoint/keep-checkpoint.ts';
import {
  findCheckpoints,
  type TaskCheckpoints,
} from '../../../system/checkpoint/project-checkpoints.ts';
import { resolved } from '../../../system/checkpoint/refs.ts';
import type { SharedWork } from '../../../system/fence/shared-work.ts';
import type { ProjectPaths } from '../../project-paths.ts';

type HandingOn = {
  own: RunnerDeps;
  work: SharedWork;
  lost(): void;
  paths: ProjectPaths;
  task: string;
};

type Moment = 'after' | 'underway';

/** One at a time, in the order of the calls. The problem, or null. */
type HandOn = {
  /** Call when the session's checkpoint is kept. */
  after(session: number): Promise<string | null>;
  /** The files as they are while it works: nothing that it uses is touched. */
  underway(session: number): Promise<string | null>;
  /** What else uses the fence, which is for one at a time. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
};

export function handOn({ own, work, lost, paths, task }: HandingOn): HandOn {
  let last: Promise<unknown> = Promise.resolve();
  /** What the remote has from here. */
  let handed: { tree: string; head: string } | null = null;
  let said = '';

  async function now(session: number, moment: Moment): Promise<string | null> {
    const worktree = await own.state.readWorktree(await own.task.identity());
    if (worktree === null) return 'the record of the worktree is gone';
    const of = {
      ...{ project: paths.project, task, environment: process.env, workplace: worktree.path },
      state: own.state.path,
    };
    const found = await findCheckpoints(of);
    if ('problem' in found) return found.problem;
    const call = checkpointCall(found);
    const tree = moment === 'after' ? await treeAfter(found, session) : await treeNow(of, found);
    if (tree !== null && 'problem' in tree) return tree.problem;
    const head = await resolved(call, `refs/heads/${worktree.branch}`);
    if (tree === null || head === null) return 'the checkpoint is not whole';
    const isHanded = handed?.tree === tree.id && handed.head === head;
    if (isHanded && moment === 'underway') return null;
    const kept = await work.keep({ tree: tree.id, head, session, isUnderway: moment !== 'after' });
    if (kept.kind === 'refused') {
      lost();
      return 'another machine works on the task';
    }
    if (kept.kind === 'failed') return kept.problem;
    handed = { tree: tree.id, head };
    const names = kept.leftOut.map((path) => safeLine(path, 200)).join(', ');
    const sentence = `Not handed on to other machines, because it looks like a secret: ${names}`;
    if (names !== '' && names !== said) await own.state.note(sentence);
    said = names;
    return null;
  }

  const inTurn: HandOn['inTurn'] = (one) => {
    const turn = last.then(one);
    last = turn.catch(() => {});
    return turn;
  };
  return {
    after: (session) => inTurn(() => now(session, 'after')),
    underway: (session) => inTurn(() => now(session, 'underway')),
    inTurn,
  };
}

async function treeAfter(found: TaskCheckpoints, session: number): Promise<{ id: string } | null> {
  const id = await resolved(checkpointCall(found), `${checkpointRef(found.refs, session)}^{tree}`);
  return id === null ? null : { id };
}
