// The tasks of a hub as a source. Its owners answer what a control request can ask; all else that the dashboard of a project can do
// needs the task's files, which are on its machine, so it is refused with what can be done instead.

import { refusedOverHub, type Reach } from '../../core/hub/refusals.ts';
import type { TaskKey } from '../../core/task/task-key.ts';
import type { RunnerClient } from '../../engine/tasks/runner-client.ts';
import { observeHub, type ObservingHub } from '../../engine/hub/viewer/observe-hub.ts';
import type { ShownSource, TaskVerbs } from './task-source.ts';

type HubDeps = Pick<ShownSource, 'openLog' | 'openDetails'> & {
  observing: ObservingHub;
  client: RunnerClient;
  /** The task's work at the git remote: a ref. */
  workRef(task: TaskKey): string;
  /** Where it is, if it is worked on in its project; else null. */
  reachInPlace(task: TaskKey): Reach | null;
  verbs: Pick<TaskVerbs, 'tell' | 'takeBack'>;
};

export function sourceOfHub({
  observing,
  client,
  workRef,
  reachInPlace,
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
  const reach = (task: TaskKey): Reach => reachInPlace(task) ?? { fetch: fetched(task) };
  return {
    observe: (tell) => observeHub(observing, tell),
    openLog,
    openDetails,
    visitChanges: (task) => {
      const there = reachInPlace(task);
      const problem =
        there === null
          ? `${fetched(task)} brings what it changed`
          : (refusedOverHub('show-changes', there) ?? '');
      return Promise.resolve({ problem });
    },
    runnerClient: client,
    verbs,
    refuses: (command, task) =>
      refusedOverHub(command, task === null ? { fetch: 'git fetch origin' } : reach(task)),
  };
}
