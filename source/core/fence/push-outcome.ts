// What `git push --porcelain` says of a push of several refs, all or none.

/**
 * `refused`: a ref is not what the pusher took it for, so another machine has the task. `unknown`: git failed otherwise,
 * and the push may have arrived all the same; the remote has to be asked.
 */
type PushOutcome = 'done' | 'refused' | 'unknown';

/**
 * A line for each ref: a flag, a tab, `from:to`, a tab, and what happened. `!` is a failure. Where one ref is refused, the
 * others are "atomic push failed". (Measured with git 2.39 and 2.47: "stale info" if the remote was seen to have another
 * value; "failed to update ref", "cannot lock ref" or "fetch first" if it changed only meanwhile.)
 */
export function pushOutcome(output: string, isFailed: boolean): PushOutcome {
  if (!isFailed) return 'done';
  const failures = output.split('\n').filter((line) => line.startsWith('!\t'));
  const isStale = failures.some((line) =>
    /\((?:stale info|fetch first|failed to update ref|cannot lock ref|reference already exists|incorrect old value provided)/.test(
      line,
    ),
  );
  return isStale ? 'refused' : 'unknown';
}
