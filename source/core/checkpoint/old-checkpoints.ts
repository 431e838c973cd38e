// Which checkpoints are old enough to go: all of a task's at once, when the last of them is.

import { taskOfRef } from './checkpoint-refs.ts';

/** `madeAt`: epoch ms. */
type DatedRef = { ref: string; commit: string; madeAt: number };

type TaskRefs = { task: string; refs: readonly DatedRef[] };

/** From lines of `<ref> <commit> <epoch seconds>`. What is not ours, or has no date, is passed over. */
export function datedRefsIn(text: string, projectRefs: string): readonly TaskRefs[] {
  const tasks = new Map<string, DatedRef[]>();
  for (const line of text.split('\n')) {
    const [ref = '', commit = '', seconds = ''] = line.split(' ');
    const task = taskOfRef(ref, projectRefs);
    if (task === null || !/^\d+$/.test(seconds)) continue;
    const refs = tasks.get(task) ?? [];
    refs.push({ ref, commit, madeAt: Number(seconds) * 1000 });
    tasks.set(task, refs);
  }
  return [...tasks].map(([task, refs]) => ({ task, refs }));
}

/** Whether the last checkpoint of a task is older than that. A clock that was set back makes nothing old. */
export function isOld(
  { refs }: TaskRefs,
  { now, keptMs }: { now: number; keptMs: number },
): boolean {
  return refs.length > 0 && refs.every(({ madeAt }) => now - madeAt > keptMs);
}
