// Tasks that the user has put away, and the others: both are on the board, and only the others are counted and shown.

import type { TaskView } from './board.ts';

type Parted = { present: readonly TaskView[]; archived: readonly TaskView[] };

const parted = new WeakMap<readonly TaskView[], Parted>();

/** The same array while none is archived. */
export function presentTasks(tasks: readonly TaskView[]): readonly TaskView[] {
  return partsOf(tasks).present;
}

/** The last one first. */
export function archivedTasks(tasks: readonly TaskView[]): readonly TaskView[] {
  return partsOf(tasks).archived;
}

function partsOf(tasks: readonly TaskView[]): Parted {
  const known = parted.get(tasks);
  if (known !== undefined) return known;
  const archived = tasks
    .filter(({ archivedAt }) => archivedAt !== null)
    .sort((a, b) => (b.archivedAt ?? 0) - (a.archivedAt ?? 0));
  const present = archived.length === 0 ? tasks : tasks.filter((one) => one.archivedAt === null);
  const parts = { present, archived };
  parted.set(tasks, parts);
  return parts;
}
