// How a wait for another task is said: the reason of the wait is `for docs-site`, and a list says "waiting for docs-site".

const beginning = 'for ';

export function waitingFor(task: string): string {
  return beginning + task;
}

/** `waiting for docs-site`; `null` for a wait for anything else, which each place says in its own way. */
export function waitingForWords(reason: string | null): string | null {
  return reason?.startsWith(beginning) === true ? `waiting ${reason}` : null;
}
