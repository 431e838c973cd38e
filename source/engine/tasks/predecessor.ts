// How the task is that another one comes after, from disk.

import type { Predecessor } from '../../core/limits/limits.ts';
import { predecessorOf } from '../../core/limits/predecessor.ts';
import { readTaskView, type TaskReadingDeps } from './task-reading.ts';

export async function readPredecessor(deps: TaskReadingDeps, name: string): Promise<Predecessor> {
  if (deps.task(name).identity() === null) return predecessorOf(name, { word: null, ending: null });
  const { state } = await readTaskView(deps, name, 'for a line');
  const ending = deps.state(name).readRecord()?.ending ?? null;
  return predecessorOf(name, { word: state.word, ending });
}
