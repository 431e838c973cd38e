// The verbs on a task's checkpoints, as they stand on the command line: --diff.

export type CheckpointVerb = {
  name: 'diff';
  /** Null: the whole task. */
  session: number | null;
};

type Given = Partial<Record<'diff' | 'session' | 'task-name', unknown>>;

/** Null if there is none; a sentence if it is wrong. */
export function checkpointVerb(
  values: Given,
  words: readonly string[],
): CheckpointVerb | null | { problem: string } {
  const { diff, session } = values;
  if (diff !== true) {
    return session === undefined ? null : { problem: '--session needs --diff' };
  }
  if (words.length > 0) return { problem: '--diff takes no description' };
  if (values['task-name'] === undefined) {
    return { problem: '--diff needs the name of a task: --task-name NAME' };
  }
  const number = session === undefined ? null : sessionNumber(session);
  if (number === 'wrong') {
    return {
      problem: `--session takes the number of a session, not ${JSON.stringify(session)}`,
    };
  }
  return { name: 'diff', session: number };
}

function sessionNumber(value: unknown): number | 'wrong' {
  const number = Number(value);
  return typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? number : 'wrong';
}
