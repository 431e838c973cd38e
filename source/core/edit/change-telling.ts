// What the next prompt says of the user's edits of the list. A session that worked with the list before would go by what
// it remembers.

const head = 'I changed task_list.md myself. Read it again, it is as I want it:';
/** The list says the rest. */
const mostChanges = 20;

/** `changes`: of earlier tellings, too, which begin with the same sentence. */
export function changeTelling(changes: readonly string[]): string {
  const lines = changes
    .flatMap((change) => change.split('\n'))
    .filter((line) => line !== head && line.trim() !== '')
    .map((line) => `- ${line.replace(/^- /, '')}`);
  return [head, ...lines.slice(-mostChanges)].join('\n');
}
