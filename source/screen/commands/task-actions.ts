// What the screen does to tasks: starts, pauses, continues and resumes through the runner client. It owns no process.

import type { TaskView } from '../../core/task/board.ts';
import type { Want } from '../../core/run/run.ts';
import type { Sandbox } from '../../core/task/task.ts';
import type { RunnerClient, RunnerAnswer } from '../../engine/tasks/runner-client.ts';

type NewTask = { name: string; description: string; sandbox: Sandbox };

export type Codex = {
  pause(task: TaskView): Promise<RunnerAnswer>;
  /** Pauses when the session is over; cancels that pause if one is planned already. */
  pauseAfterSession(task: TaskView): Promise<RunnerAnswer>;
  /** Starts a fresh session; a waiting task retries now. */
  continueTask(task: TaskView, sandbox: Sandbox): Promise<RunnerAnswer>;
  resumeLast(task: TaskView, sandbox: Sandbox): Promise<RunnerAnswer>;
  start(task: NewTask): Promise<RunnerAnswer>;
};

export function codexOf(runnerClient: RunnerClient): Codex {
  const want = (task: TaskView, wanted: Want): Promise<RunnerAnswer> =>
    runnerClient.send(task, wanted);
  return {
    pause: (task) => want(task, 'pause now'),
    pauseAfterSession: (task) =>
      want(task, task.pausesAfterSession ? 'go on' : 'pause after session'),
    continueTask: (task, sandbox) =>
      task.run === null ? runnerClient.start({ task: task.name, sandbox }) : want(task, 'try now'),
    resumeLast: (task, sandbox) =>
      runnerClient.start({ task: task.name, sandbox, resumeLast: true }),
    start: ({ name, description, sandbox }) =>
      runnerClient.start({ task: name, description, sandbox }),
  };
}
