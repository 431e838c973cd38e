// `--undo`: says what would be taken back, asks, and takes it back. Names are foreign: they are printed cleaned.

import { createInterface } from 'node:readline/promises';
import type { SessionName } from '../../core/checkpoint/checkpoint-refs.ts';
import { undoneLines, wouldLines } from '../../core/checkpoint/undo-words.ts';
import type { DirectoryIdentity } from '../../core/run/record.ts';
import { undoMessage } from '../../core/worktree/commit-message.ts';
import type { OfTask } from '../../system/checkpoint/project-checkpoints.ts';
import { carryOutUndo, plannedUndo } from '../../system/checkpoint/undo.ts';
import { projectTree } from '../../system/git/project-tree.ts';
import { stateDirectoryAt } from '../../system/state/state-directory.ts';
import { locateState } from '../../system/state/state-location.ts';
import { taskDirectory } from '../../system/state/task-directory.ts';
import { commitSession } from '../../system/worktree/commit-session.ts';
import { checkpointContext } from '../checkpoint-context.ts';
import type { CheckpointVerb } from '../verbs/checkpoint-verb.ts';
import { complain, warn } from '../complain.ts';
import { exitCodes } from '../exit-codes.ts';
import { holdFilesOf } from '../deps/held-project.ts';
import type { Invocation } from '../invocation.ts';

export async function undoCommand(
  invocation: Invocation,
  verb: Extract<CheckpointVerb, { name: 'undo' }>,
): Promise<number> {
  const context = await checkpointContext(invocation);
  if ('problem' in context) return complain(context.problem, context.exitCode);
  const { paths, task, workplace, found } = context;
  const held = await holdFilesOf(task, paths);
  if ('runs' in held) {
    return complain(`${held.runs} is running in these files: pause it first`, exitCodes.failed);
  }
  try {
    const { project, home } = paths;
    const order = {
      project,
      task,
      environment: process.env,
      workplace,
      state: locateState(home, project, task),
      directory: await taskDirectory(project, task).identity(),
      session: verb.session,
      backTo: verb.backTo,
    };
    const plan = await plannedUndo(order, found);
    if ('problem' in plan) return complain(plan.problem, exitCodes.failed);
    const { root } = found.repository;
    const names = { task, project, root, sessions: plan.sessions };
    if (plan.changes.length === 0) {
      print(undoneLines({ ...names, ...plan, name: null }));
      return exitCodes.done;
    }
    print(wouldLines({ ...names, ...plan }));
    if (!verb.yes && !(await agreed())) {
      return complain('Nothing was changed: --yes takes it back', exitCodes.wrongUsage);
    }
    const done = await carryOutUndo(order, found, plan);
    if ('problem' in done) {
      return complain(`The undo did not end: ${done.problem}`, exitCodes.failed);
    }
    const problem = await committedUndo(order, plan.sessions);
    if (problem !== null) warn(`The undo is not committed on the task's branch: ${problem}`);
    const left = [...plan.left, ...done.left];
    print(undoneLines({ ...names, ...plan, name: done.name, left }));
    return exitCodes.done;
  } finally {
    held.release();
  }
}

type CommitOrder = Pick<OfTask, 'project' | 'task' | 'environment'> & {
  workplace: string;
  state: string;
  directory: DirectoryIdentity | null;
};

/** What a worktree has is committed on its branch, so that it can be merged. The problem, or null. */
async function committedUndo(
  { project, task, environment, workplace, state, directory }: CommitOrder,
  sessions: readonly SessionName[],
): Promise<string | null> {
  const worktree = await stateDirectoryAt(state).readWorktree(directory);
  if (workplace === project || worktree === null) return null;
  const tree = await projectTree({ project: workplace, state, environment });
  if (tree.kind !== 'git') return tree.whyNoGit ?? 'the files cannot be looked at';
  const message = undoMessage(task, sessions);
  return commitSession({ worktree, environment, tree: tree.id, message });
}

function print(lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** False where nobody can be asked. */
async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false;
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(?:es)?$/i.test((await asking.question('Take this back? [y/N] ')).trim());
  } finally {
    asking.close();
  }
}
