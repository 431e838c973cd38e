// The tasks of a hub as a source. Its owners answer what a control request can ask; all else that the dashboard of a project can do
// needs the task's files, which are on its machine, so it is refused with what can be done instead.

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
      refusal(command, task === null ? 'git fetch origin' : fetched(task)),
  };
}

const where = 'on its machine, in the directory that the worker there names';

/** `fetch`: the command that brings its work. */
function refusal(command: string, fetch: string): string | null {
  switch (command) {
    case 'merge':
      return `${fetch} brings its work: then git merge FETCH_HEAD^1`;
    case 'show-changes':
    case 'undo':
      return `${fetch} brings its work: then git log -p FETCH_HEAD^1`;
    case 'take-over':
      return `A conversation is taken over ${where}: autonomous-tui --take-over`;
    case 'resume-last':
      return 'Its worker says whether it goes on in the last conversation (--worker --resume-last): c continues it';
    case 'settings':
      return 'What a task of a hub was given with stays so: give a new one with other options';
    case 'archive':
    case 'unarchive':
    case 'delete':
      return 'Nothing is deleted at a hub: its tasks stay, and b hides those that are done';
    case 'report':
      return `The report of a task is written ${where}: autonomous-tui --report`;
    case 'accept-version':
    case 'add-step':
    case 'reword':
    case 'skip':
    case 'untick':
    case 'move-up':
    case 'move-down':
    case 'edit-list':
    case 'edit-this-list':
    case 'edit-description':
    case 'edit-notes':
    case 'open-file':
      return `${fetch} brings its files; they are changed on its machine only`;
    case 'export':
      return `The log of a task is exported ${where}: autonomous-tui --log`;
    default:
      return null;
  }
}
