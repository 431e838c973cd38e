// Which task an invocation means, with the production deps.

import type { Invocation } from './invocation.ts';
import type { ProjectPaths } from './project-paths.ts';
import { readingDeps } from './deps/reading-deps.ts';
import { chooseTask, type TaskChoice } from '../engine/tasks/task-choice.ts';
import { whyNotAfter } from '../engine/tasks/after-chain.ts';
import { readTaskView } from '../engine/tasks/task-reading.ts';
import { systemClock } from '../system/clock.ts';
import { stateDirectoryAt } from '../system/state/state-directory.ts';
import { locateState } from '../system/state/state-location.ts';
import { directoryIdentity } from '../system/state/task-snapshot.ts';
import { taskDirectory, taskNames } from '../system/state/task-directory.ts';

export async function choiceFor(invocation: Invocation, paths: ProjectPaths): Promise<TaskChoice> {
  const reading = readingDeps(paths);
  const choice = await chooseTask(
    {
      names: () => taskNames(paths.project),
      task: (name) => taskDirectory(paths.project, name),
      view: (name) => readTaskView(reading, name),
      isOfHub: reading.isOfHub,
      now: systemClock.now,
    },
    {
      description: invocation.description,
      name: invocation.taskName,
      continues: invocation.continues,
    },
  );
  if (choice.kind === 'problem') return choice;
  const notAfter = await whyNotAfter(choice.task, invocation.sessionOptions.after ?? null, {
    state: (name) => stateDirectoryAt(locateState(paths.home, paths.project, name)),
    directory: (name) => directoryIdentity(paths.project, name),
  });
  if (notAfter !== null) return { kind: 'problem', sentence: notAfter, exitCode: 2 };
  const { worktree } = invocation.sessionOptions;
  if (choice.kind !== 'continue' || worktree === undefined) return choice;
  const sentence = `--${worktree ? '' : 'no-'}worktree is for a new task, and ${choice.task} has begun already`;
  return { kind: 'problem', sentence, exitCode: 2 };
}
