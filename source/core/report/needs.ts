// What a task wants of the user: what holds it up, and what is to be looked at, the most urgent first.

import type { TaskView } from '../task/board.ts';
import type { TaskReport } from './task-report.ts';

type Needs = Pick<TaskReport, 'needsYou' | 'lookAt'>;

export function needsOf(
  { state, steps, guard }: Pick<TaskReport, 'state' | 'steps' | 'guard'>,
  view: Pick<TaskView, 'unmet' | 'problem' | 'missed'>,
): Needs {
  const { word, reason } = state;
  const holdsUp = word === 'needs you' || word === 'failed' || word === 'interrupted';
  const lookAt: string[] = [];
  if (view.problem !== null) lookAt.push(view.problem);
  if (view.unmet !== null && reason?.includes(view.unmet) !== true) lookAt.push(view.unmet);
  if (view.missed.length > 0) {
    lookAt.push(`${counted(view.missed.length, 'line')} of its list that may be an open step`);
  }
  const { length } = steps.unproven;
  if (length > 0) lookAt.push(`${counted(length, 'ticked step')} that nothing proved`);
  if (guard.length > 0) {
    lookAt.push(`what ${counted(guard.length, 'session')} did to the steps of its list`);
  }
  return { needsYou: holdsUp ? { word, reason } : null, lookAt };
}

export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
