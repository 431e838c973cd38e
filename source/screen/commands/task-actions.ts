// What the screen does to tasks: starts, pauses, continues and resumes through the runner client. It owns no process.
// Each request is on the board before it is sent, and those to one task are sent in the order of the keys.

import type { Asked } from '../../core/task/request.ts';
import type { TaskView } from '../../core/task/board.ts';
import { keyOf, type TaskKey } from '../../core/task/task-key.ts';
import type { Want } from '../../core/run/fact.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import type { Sandbox } from '../../core/task/task.ts';
import type { RunnerAnswer, RunnerClient, StartRun } from '../../engine/tasks/runner-client.ts';
import type { GivenOptions } from '../../core/task/options.ts';
import type { Requests } from '../requests.ts';

type NewTask = {
  task: TaskKey;
  description: string;
  sandbox: Sandbox;
  worktree?: boolean;
  after: string | null;
  planOnly: boolean;
  given?: GivenOptions;
};

export type Codex = {
  pause(task: TaskView): Promise<RunnerAnswer>;
  /** Pauses when the session is over; cancels that pause if one is planned already. */
  pauseAfterSession(task: TaskView): Promise<RunnerAnswer>;
  /** Starts a fresh session; a waiting task retries now. */
  continueTask(task: TaskView, sandbox: Sandbox): Promise<RunnerAnswer>;
  resumeLast(task: TaskView, sandbox: Sandbox): Promise<RunnerAnswer>;
  start(task: NewTask): Promise<RunnerAnswer>;
};

type Sending = Pick<Requests, 'ask' | 'answered' | 'refused' | 'onLost'>;

export function codexOf(runnerClient: RunnerClient, requests: Sending): Codex {
  const lastAnswers = new Map<TaskKey, Promise<RunnerAnswer>>();

  /** Sends when the request before has been answered: two at once could be written in either order. */
  function inOrder(
    task: TaskKey,
    asked: Asked,
    send: (before: RunnerAnswer | null) => Promise<RunnerAnswer>,
  ): Promise<RunnerAnswer> {
    const request = requests.ask(task, asked);
    const before = lastAnswers.get(task);
    const sent = before === undefined ? send(null) : before.then(send);
    const answer = sent.catch(problemOf).then((given) => {
      if (given.ok) requests.answered(request);
      else requests.refused(request);
      return given;
    });
    lastAnswers.set(task, answer);
    void answer.finally(() => {
      if (lastAnswers.get(task) === answer) lastAnswers.delete(task);
    });
    return answer;
  }

  const start = (asked: 'start' | 'resume', run: StartRun): Promise<RunnerAnswer> =>
    inOrder(run.task, asked, () => runnerClient.start(run));

  const want = (task: TaskView, asked: Asked & Want): Promise<RunnerAnswer> =>
    inOrder(keyOf(task), asked, async (before) => {
      // A task that is being started has no run yet.
      if (task.run === null && before?.ok === false) return before;
      const run = task.run ?? (before?.ok === true ? (before.run ?? null) : null);
      const answer = await runnerClient.send({ name: keyOf(task), run }, asked);
      return answer.ok && run !== null ? { ...answer, run } : answer;
    });

  const codex: Codex = {
    pause: (task) => want(task, 'pause now'),
    pauseAfterSession: (task) =>
      want(task, task.pausesAfterSession ? 'go on' : 'pause after session'),
    continueTask: (task, sandbox) =>
      task.run === null
        ? start('start', { task: keyOf(task), sandbox, isByKey: true })
        : want(task, 'try now'),
    resumeLast: (task, sandbox) =>
      start('resume', { task: keyOf(task), sandbox, resumeLast: true, isByKey: true }),
    start: (task) => start('start', task),
  };
  requests.onLost((task) => void start('start', { task: keyOf(task), sandbox: 'workspace-write' }));
  return codex;
}

function problemOf(error: unknown): RunnerAnswer {
  return { ok: false, why: 'problem', sentence: errorMessage(error) };
}
