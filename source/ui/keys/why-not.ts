// Why a task cannot be paused or continued now, one sentence each; null if it can. The keymap uses these, so that
// footer, help and the notice after a key agree.

import type { TaskView } from '../../core/task/board.ts';
import type { KeyContext } from './command.ts';

export type Steering = 'pause' | 'pause-after-session' | 'continue' | 'resume-last';

export const whyNots: Readonly<Record<Steering, (task: TaskView | null) => string | null>> = {
  pause: whyNotPause,
  'pause-after-session': whyNotPauseAfterSession,
  continue: whyNotContinue,
  'resume-last': whyNotResume,
};

/** With several marked tasks, the command is available if it applies to at least one. */
export function whyNotSteer(id: Steering, { task, marked = [] }: KeyContext): string | null {
  if (marked.length === 0) return whyNots[id](task);
  const reasons = marked.map(whyNots[id]);
  return reasons.includes(null) ? null : (reasons[0] ?? null);
}

function whyNotPause(task: TaskView | null): string | null {
  return whyNotAct(task, ({ label, state }) => {
    switch (state.word) {
      case 'starting':
      case 'queued':
      case 'running':
      case 'checking':
      case 'reviewing':
      case 'waiting':
        return null;
      case 'needs you':
        return state.hasNoRunner === true ? `${label} is not running; c continues it` : null;
      case 'pausing':
        return `${label} is already pausing`;
      case 'paused':
        return `${label} is already paused`;
      case 'done':
        return `${label} is done; there is nothing to pause`;
      case 'idle':
      case 'interrupted':
      case 'stopped':
      case 'failed':
      case 'no list':
        return `${label} is not running; c continues it`;
      default:
        return state.word satisfies never;
    }
  });
}

function whyNotPauseAfterSession(task: TaskView | null): string | null {
  return whyNotAct(task, (known) => {
    const { word, hasNoRunner } = known.state;
    if (hasNoRunner === true) return whyNotPause(known);
    if (word === 'waiting' || word === 'needs you' || word === 'queued') {
      return `${known.label} has no running session; p pauses it now`;
    }
    const isAtWork = ['starting', 'running', 'checking', 'reviewing'].includes(word);
    return isAtWork ? null : whyNotPause(known);
  });
}

function whyNotContinue(task: TaskView | null): string | null {
  return whyNotAct(task, ({ label, state }) => {
    switch (state.word) {
      // A waiting task retries now.
      case 'waiting':
      case 'needs you':
      case 'idle':
      case 'paused':
      case 'interrupted':
      case 'stopped':
      case 'failed':
      case 'no list':
        return null;
      case 'starting':
      case 'running':
      case 'checking':
      case 'reviewing':
        return `${label} is already ${state.word}`;
      case 'queued':
        return `${label} is queued; it starts when its turn comes`;
      case 'pausing':
        return `${label} is pausing; continue it once it has paused`;
      case 'done':
        return `${label} is done; all steps are ticked`;
      default:
        return state.word satisfies never;
    }
  });
}

function whyNotResume(task: TaskView | null): string | null {
  return whyNotAct(task, (known) => {
    const { word, hasNoRunner } = known.state;
    if (hasNoRunner !== true && (word === 'waiting' || word === 'needs you')) {
      return `${known.label} already retries in the same conversation; c retries now`;
    }
    return whyNotContinue(known);
  });
}

function whyNotAct(
  task: TaskView | null,
  whyNot: (task: TaskView) => string | null,
): string | null {
  if (task === null) return 'There is no task yet';
  if (!task.valid) {
    return task.mend === null
      ? `${task.label} is ${task.problem ?? 'not a valid name'}`
      : `${task.label} is not a valid name; rename it: ${task.mend}`;
  }
  if (task.runnerIsStopped && task.state.word === 'needs you') {
    return `${task.label}: ${task.state.reason ?? 'its background process is stopped'}`;
  }
  return whyNot(task);
}
