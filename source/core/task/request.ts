// What the user asked of a task from this screen, until the disk shows it. The screen draws a task as it was asked to
// be, so a key has its answer at once, and a toggle goes by what was asked last instead of what a runner has done so
// far.

import { byTaskKey, type Board, type TaskView } from './board.ts';
import { pausesAfterSession, type TaskState } from './state.ts';
import { newTask } from './new-task.ts';
import { keyOf, placeOf, type TaskKey } from './task-key.ts';

export type Asked = 'start' | 'resume' | 'try now' | 'pause now' | 'pause after session' | 'go on';

export type Request = {
  /** Tells a request from one that was the same before. */
  readonly id: number;
  readonly task: TaskKey;
  readonly asked: Asked;
  /** The task on disk when it was asked; null for a new one. */
  readonly before: TaskView | null;
  /** When the runner had started or the request was written, epoch ms; null before. */
  readonly answeredAt: number | null;
};

/** Runners look at requests every second, and dashboards at tasks with a runner. */
const settlesMs = 2000;
/** After this long, what is on disk is shown again, whatever was asked. */
const patienceMs = 10_000;

/** The board with its tasks as asked; new tasks are on it, too. */
export function withRequests(board: Board, requests: readonly Request[]): Board {
  if (requests.length === 0) return board;
  const byTask = new Map(requests.map((request) => [request.task, request]));
  const known = board.tasks.map((task) => {
    const key = keyOf(task);
    const request = byTask.get(key);
    byTask.delete(key);
    return request === undefined ? task : asAsked(task, request);
  });
  const begun = [...byTask.values()]
    .filter(({ before }) => before === null)
    .map((request) => asAsked(newTask(placeOf(request.task)), request));
  return { ...board, tasks: [...known, ...begun].sort(byTaskKey) };
}

function asAsked(task: TaskView, { asked }: Request): TaskView {
  switch (asked) {
    case 'start':
      return { ...task, orphaned: false, archivedAt: null, state: stateOf('starting') };
    case 'resume':
      return {
        ...task,
        orphaned: false,
        archivedAt: null,
        state: stateOf('starting', 'resumes the last conversation'),
      };
    case 'try now':
      return { ...task, state: stateOf('starting', 'retries now') };
    case 'pause now':
      return { ...task, state: stateOf('pausing') };
    case 'pause after session':
    case 'go on': {
      const isPausing = asked === 'pause after session';
      // Without a run, it was asked of a task that is being started.
      const { word } = task.run === null ? stateOf('starting') : task.state;
      const isAtWork = ['starting', 'running', 'checking', 'reviewing'].includes(word);
      const state = isAtWork ? stateOf(word, isPausing ? pausesAfterSession : null) : task.state;
      return { ...task, state, pausesAfterSession: isPausing };
    }
    default:
      return asked satisfies never;
  }
}

/** Whether the task on disk says more than the request does. `task`: undefined while it is not on disk. */
export function isOver(request: Request, task: TaskView | undefined, now: number): boolean {
  const { asked, before, answeredAt } = request;
  const run = task?.run ?? null;
  const hasNewRun = run !== null && run !== before?.run;
  if (answeredAt === null) return hasNewRun && (asked === 'start' || asked === 'resume');
  const waitedMs = now - answeredAt;
  if (waitedMs < 0 || waitedMs >= patienceMs) return true;
  const isSettled = waitedMs >= settlesMs;
  const isRunOver = before?.run != null ? run !== before.run : run === null && isSettled;
  switch (asked) {
    case 'start':
    case 'resume':
      return hasNewRun || hasEndedAtOnce(task, before);
    case 'try now':
      return isRunOver || isSettled || (task !== undefined && !isHeldUp(task));
    case 'pause now':
      return isRunOver || task?.state.word === 'pausing';
    case 'pause after session':
    case 'go on': {
      const isDone = task?.pausesAfterSession === (asked === 'pause after session');
      return isRunOver || (isDone && isSettled);
    }
    default:
      return asked satisfies never;
  }
}

/** When time alone may end the request; null if it cannot. */
export function nextLookAt({ answeredAt }: Request, now: number): number | null {
  if (answeredAt === null) return null;
  return now < answeredAt + settlesMs ? answeredAt + settlesMs : answeredAt + patienceMs;
}

/** The pause came first and has ended the run, as it does at once between two sessions: only a new run goes on. */
export function mustStartAgain({ asked, before }: Request, task: TaskView | undefined): boolean {
  return (
    asked === 'go on' &&
    before?.sandbox === 'workspace-write' &&
    task?.run === null &&
    task.state.word === 'paused'
  );
}

/** The run may be over before a dashboard has seen it. */
function hasEndedAtOnce(task: TaskView | undefined, before: TaskView | null): boolean {
  if (task === undefined) return false;
  const { word } = task.state;
  const isOfRun = word === 'failed' || word === 'stopped' || word === 'done' || word === 'paused';
  return isOfRun && word !== before?.state.word;
}

function isHeldUp({ state }: TaskView): boolean {
  return state.word === 'waiting' || state.word === 'needs you' || state.word === 'queued';
}

function stateOf(word: TaskState['word'], reason: string | null = null): TaskState {
  return { word, reason, until: null };
}
