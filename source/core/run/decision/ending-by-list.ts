// Endings that the checklist and the number of sessions decide.

import type { ListLook } from '../../checklist/list-look.ts';
import { failedEnding } from '../next.ts';
import type { Ending, Run } from '../run.ts';
import { hasSteps, isAllTicked, isProven, isReviewed } from './rules.ts';

/** Endings that the list alone decides: all steps ticked, unreadable, or gone after it once had steps. */
export function endingByList(run: Run, list: ListLook, at: number): Ending | null {
  switch (list.kind) {
    case 'unreadable':
      return failedEnding(list.sentence, at);
    case 'missing':
      return run.hadSteps
        ? failedEnding(
            'task_list.md is gone: put it back, or delete the task directory to start over',
            at,
          )
        : null;
    case 'read':
      if (list.total === 0) {
        return run.hadSteps
          ? failedEnding(
              'task_list.md no longer has steps: put them back, or delete the task directory to start over',
              at,
            )
          : null;
      }
      return isAllTicked(list) && isProven(run) && isReviewed(run) && run.held === null
        ? { kind: 'done', sentence: null, at }
        : null;
    default:
      return list satisfies never;
  }
}

/** That there were steps: a list that is gone after that is an ending. */
export function remembering(run: Run, list: ListLook): Run {
  return run.hadSteps || !hasSteps(list) ? run : { ...run, hadSteps: true };
}

export function stoppedEnding({ settings }: Run, at: number): Ending {
  const sentence = settings.autoContinue
    ? 'reached --max-sessions'
    : 'after one session (--no-auto-continue)';
  return { kind: 'stopped', sentence, at };
}
