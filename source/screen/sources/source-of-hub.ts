// The tasks of a hub as a source. Its owners answer what a control request can ask; all else that the dashboard of a project can do
// needs the task's files, which are on its machine, so it is refused with what can be done instead.

import { refusedOverHub } from '../../core/hub/refusals.ts';
import type { TaskKey } from '../../core/task/task-key.ts';
import type { RunnerClient } from '../../engine/tasks/runner-client.ts';
import { observeHub, type ObservingHub } from '../../engine/hub/viewer/observe-hub.ts';
import type { ShownSource, TaskVerbs } from './task-source.ts';

type HubDeps = Pick<ShownSource, 'openLog' | 'openDetails'> & {
  observing: ObservingHub;
  client: RunnerClient;
  /** The task's work at the git remote: a ref. */
  workRef(task: TaskKey): string;
  verbs: Pick<TaskVerbs, 'tell' | 'takeBack'>;
};

export function sourceOfHub({
  observing,
  client,
  workRef,
  openLog,
  openDetails,
  verbs,
}: HubDeps): ShownSource {
  let last: { task: TaskKey; command: string } | null = null;
  /** Each frame asks for it, once for each command that is refused. */
  const fetched = (task: TaskKey): string => {
    if (last?.task !== task) last = { task, command: `git fetch origin ${workRef(task)}` };
    return last.command;
  };
  return {
    observe: (tell) => observeHub(observing, tell),
    openLog,
    openDetails,
    visitChanges: (task) => Promise.resolve({ problem: `${fetched(task)} brings what it changed` }),
    runnerClient: client,
    verbs,
    refuses: (command, task) =>
      refusedOverHub(command, task === null ? 'git fetch origin' : fetched(task)),
  };
}
