// The description and the notes of a task after the user edited them, and what the next prompt says of it: a
// conversation that goes on would keep to what it has read.

/** Of a longer one, the beginning. */
const longestTold = 4000;

export function descriptionTelling(description: string): string {
  const isWhole = description.length <= longestTold;
  const shown = isWhole ? description : `${description.slice(0, longestTold)} …`;
  const rest = isWhole
    ? ''
    : '\nThe whole of it is "description" in task.json, beside task_list.md.';
  return `I changed the goal of this task. It is now:\n${shown}${rest}`;
}

export const notesTelling = 'I changed progress.md myself. Read it again, it is as I want it.';

/** `before`: the notes as the editor got them. What sessions added at their end since is kept; null if anything else changed. */
export function mergedNotes(before: string, edited: string, now: string): string | null {
  if (now === before) return edited;
  if (before === '' || !now.startsWith(before)) return null;
  const added = now.slice(before.length);
  const isOnItsOwnLine = edited.endsWith('\n') || added.startsWith('\n');
  return isOnItsOwnLine ? edited + added : `${edited}\n${added}`;
}
