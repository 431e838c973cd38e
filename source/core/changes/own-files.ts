// The task's own files among those that changed: they are listed, and not counted as its work.

/** Its list and notes, by a path of git: no other task's are in a checkpoint. */
export function isOfTask(path: string): boolean {
  return /(?:^|\/)\.autonomous\//.test(path);
}
