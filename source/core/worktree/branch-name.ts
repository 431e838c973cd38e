// The name of a task's branch: `autonomous/<task>`, another prefix where a branch of the user's is called `autonomous`.

const prefixes = ['autonomous', 'autonomous-tui', 'autonomous-tasks'];

/** `taken`: all branches, without `refs/heads/`. Case does not tell two apart: some file systems ignore it. */
export function branchFor(task: string, taken: readonly string[]): string | null {
  const known = new Set(taken.map((branch) => branch.toLowerCase()));
  const prefix = prefixes.find((one) => !known.has(one));
  if (prefix === undefined) return null;
  const name = `${prefix}/${encoded(task)}`;
  let branch = name;
  // A task of that name that was deleted may have left its branch.
  for (let number = 2; known.has(branch.toLowerCase()); number++) branch = `${name}-${number}`;
  return branch;
}

/** Git refuses two dots, and `.` or `.lock` at the end. */
function encoded(task: string): string {
  return task.replaceAll(/\.(?=\.|lock$|$)/gi, '%2e');
}
