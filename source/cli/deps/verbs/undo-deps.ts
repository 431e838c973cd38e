// An undo with the production deps, for the command line and the screen: the files are held still while it is planned and
// carried out, and what a worktree has afterwards is committed on its branch.

import type { SessionName } from '../../../core/checkpoint/checkpoint-refs.ts';
import { undoneLines, wouldLines } from '../../../core/checkpoint/undo-words.ts';
import type { DirectoryIdentity } from '../../../core/run/record.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import { undoMessage } from '../../../core/worktree/commit-message.ts';
import type { Undoing } from '../../../screen/commands/command-deps.ts';
import type { OfTask } from '../../../system/checkpoint/project-checkpoints.ts';
import { carryOutUndo, plannedUndo } from '../../../system/checkpoint/undo.ts';
import { projectTree } from '../../../system/git/project-tree.ts';
import { stateDirectoryAt } from '../../../system/state/state-directory.ts';
import { locateState } from '../../../system/state/state-location.ts';
import { taskDirectory } from '../../../system/state/task-directory.ts';
import { commitSession } from '../../../system/worktree/commit-session.ts';
import { checkpointsOf, type CheckpointContext } from '../../checkpoint-context.ts';
import type { ProjectPaths } from '../../project-paths.ts';
import { holdFilesOf } from '../held-project.ts';

type Problem = { problem: string };

type PreparedUndo = {
  /** How many files would change. */
  files: number;
  would: readonly string[];
  /** `warning`: it is done, but not committed. */
  carryOut(): Promise<{ lines: readonly string[]; warning: string | null } | Problem>;
};

/** `act` is called while no runner can work in these files. */
export async function withUndo<Result>(
  { paths, task, workplace, found }: CheckpointContext,
  { session, backTo }: { session: SessionName; backTo: boolean },
  act: (undo: PreparedUndo) => Promise<Result>,
): Promise<{ result: Result } | Problem> {
  const held = await holdFilesOf(task, paths);
  if ('runs' in held) {
    const isRunning = `${held.runs} is running in these files: pause it, or wait until it has paused`;
    return { problem: held.takenOver ?? isRunning };
  }
  try {
    const { project, home } = paths;
    const state = locateState(home, project, task);
    const directory = await taskDirectory(project, task).identity();
    const of = { project, task, environment: process.env, workplace, state, directory };
    const order = { ...of, session, backTo };
    const plan = await plannedUndo(order, found);
    if ('problem' in plan) return plan;
    const names = { task, project, root: found.repository.root, sessions: plan.sessions };
    const nothing = plan.changes.length === 0;
    const result = await act({
      files: plan.changes.length,
      would: nothing
        ? undoneLines({ ...names, ...plan, name: null })
        : wouldLines({ ...names, ...plan }),
      carryOut: async () => {
        const done = await carryOutUndo(order, found, plan);
        if ('problem' in done) return { problem: `The undo did not end: ${done.problem}` };
        const problem = await committedUndo(of, plan.sessions);
        const left = [...plan.left, ...done.left];
        return {
          lines: undoneLines({ ...names, ...plan, name: done.name, left }),
          warning:
            problem === null ? null : `The undo is not committed on the task's branch: ${problem}`,
        };
      },
    });
    return { result };
  } finally {
    held.release();
  }
}

/** For the screen: by the name of a task and a number of a session. */
export function undoingFor(paths: ProjectPaths): Undoing {
  const inContext = async <Result>(
    task: string,
    session: number,
    act: (undo: PreparedUndo) => Promise<Result>,
  ): Promise<{ result: Result } | Problem> => {
    try {
      const context = await checkpointsOf(paths, task);
      return 'problem' in context
        ? context
        : await withUndo(context, { session, backTo: false }, act);
    } catch (error) {
      return { problem: `Nothing was taken back: ${errorMessage(error)}` };
    }
  };
  return {
    plan: async (task, session) => {
      const found = await inContext(task, session, ({ files, would }) =>
        Promise.resolve({ files, would }),
      );
      if ('problem' in found) return { ok: false, sentence: found.problem };
      const { files, would } = found.result;
      return files === 0 ? { ok: true, sentence: would[0] ?? '' } : { would };
    },
    undo: async (task, session) => {
      const found = await inContext(task, session, ({ carryOut }) => carryOut());
      if ('problem' in found) return { ok: false, sentence: found.problem };
      const { result } = found;
      if ('problem' in result) return { ok: false, sentence: result.problem };
      const { lines, warning } = result;
      return { ok: warning === null, sentence: warning ?? lines[0] ?? '' };
    },
  };
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
