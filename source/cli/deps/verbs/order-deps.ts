// Putting tasks away, bringing them back and deleting them, with the production deps. A task that runs, or is just being
// started, is refused: it is claimed meanwhile.

import { errorMessage } from '../../../core/text/error-message.ts';
import { deletedSentence, deletionLines } from '../../../core/deletion/deletion-words.ts';
import { claimByLocks } from '../../../engine/coordination/claim.ts';
import type { Claim } from '../../../engine/coordination/coordination.ts';
import { takenOverBy } from '../../../engine/take-over/taken-over-by.ts';
import { busySentence } from '../../../engine/tasks/runner-client.ts';
import type { Ordering } from '../../../screen/commands/command-deps.ts';
import { deleteTask, isHalfDeleted } from '../../../system/deletion/delete-task.ts';
import type { DeletionOrder } from '../../../system/deletion/deletion-order.ts';
import { planDeletion } from '../../../system/deletion/plan-deletion.ts';
import { systemClock } from '../../../system/clock.ts';
import { codexLives } from '../../../system/process/session-processes.ts';
import { homeRelative } from '../../../system/project.ts';
import { stateDirectory, stateDirectoryAt } from '../../../system/state/state-directory.ts';
import { locateState } from '../../../system/state/state-location.ts';
import { taskDirectory } from '../../../system/state/task-directory.ts';
import type { ProjectPaths } from '../../project-paths.ts';

type Answer = { ok: boolean; sentence: string };

export function orderingFor(paths: ProjectPaths): Ordering {
  return {
    archive: (task) => archived(paths, task),
    unarchive: (task) => unarchived(paths, task),
    deletion: (task) => deletionOf(paths, task),
    delete: (task) => deleted(paths, task),
  };
}

/** Whether a deletion of this name was cut short: the next try ends it. */
export function isLeftHalf(paths: ProjectPaths, task: string): Promise<boolean> {
  return isHalfDeleted(orderOf(paths, task));
}

function archived(paths: ProjectPaths, task: string): Promise<Answer> {
  return holding(paths, task, async () => {
    const { project, home } = paths;
    const directory = await taskDirectory(project, task).identity();
    if (directory === null) return no(`${task} is gone`);
    await stateAt(home, project, task).archive(directory, systemClock.now());
    return { ok: true, sentence: `Archived ${task}` };
  });
}

async function unarchived({ project, home }: ProjectPaths, task: string): Promise<Answer> {
  await stateAt(home, project, task).unarchive();
  return { ok: true, sentence: `Brought ${task} back` };
}

function deletionOf(
  paths: ProjectPaths,
  task: string,
): Promise<Answer | { would: readonly string[] }> {
  return holding(paths, task, async () => {
    const plan = await planDeletion(orderOf(paths, task));
    return { would: deletionLines(plan, homeRelative) };
  });
}

function deleted(paths: ProjectPaths, task: string): Promise<Answer> {
  return holding(paths, task, async () => {
    const answer = await deleteTask(orderOf(paths, task));
    if ('problem' in answer) return no(`${task} was not deleted: ${answer.problem}`);
    return { ok: true, sentence: deletedSentence(task, answer) };
  });
}

function orderOf({ project, home }: ProjectPaths, task: string): DeletionOrder {
  return { project, home, task, environment: process.env };
}

function stateAt(home: string, project: string, task: string) {
  return stateDirectoryAt(locateState(home, project, task));
}

/** Codex survives its runner: while it works, the task runs. */
async function holding<Done>(
  paths: ProjectPaths,
  task: string,
  act: () => Promise<Done | Answer>,
): Promise<Done | Answer> {
  const { project, home } = paths;
  let claim: Claim | null = null;
  try {
    const own = stateDirectory(home, project, task);
    await own.make();
    const inside = taskDirectory(project, task);
    // A deletion that was cut short may have removed it.
    const isThere = (await inside.identity()) !== null;
    claim = await claimByLocks({ state: own, task: isThere ? inside : null }, 0);
    if (claim === null) {
      const state = stateAt(home, project, task);
      const holder = await takenOverBy({ state, task: inside });
      return no(
        holder === null ? `${task} is running: pause it first` : busySentence(task, holder),
      );
    }
    const session = (await stateAt(home, project, task).readRecord())?.session ?? null;
    const isOpen = session !== null && session.ended === null;
    if (
      isOpen &&
      (await codexLives({ uuid: session.uuid, leader: session.codex, log: session.log }))
    ) {
      return no(`A session of ${task} still runs: continue it, then pause it`);
    }
    return await act();
  } catch (error) {
    return no(`${task}: ${errorMessage(error)}`);
  } finally {
    claim?.release();
  }
}

function no(sentence: string): Answer {
  return { ok: false, sentence };
}
