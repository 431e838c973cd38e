// Between which two commits a session, or a whole task, changed the files.

import type { Checkpoint, SessionName } from '../../core/checkpoint/checkpoint-refs.ts';
import type { GitCall } from '../git/command.ts';
import { readCheckpoints, resolved } from './refs.ts';

/** Ids of commits or trees. */
export type Range = { from: string; to: string };

type Asked = { refs: string; task: string };

/** From before the session to after it: what the user changed before it is not in it. */
export async function rangeOfSession(
  call: GitCall,
  { refs, task }: Asked,
  session: SessionName,
): Promise<Range | { problem: string }> {
  const known = await readCheckpoints(call, refs);
  if ('problem' in known) return known;
  const commit = await resolved(call, `${refs}/${session}`);
  const name = typeof session === 'number' ? `Session ${session}` : session;
  if (commit === null) {
    return { problem: `${name} of ${task} has no checkpoint${numbersOf(known.checkpoints)}` };
  }
  const from = await resolved(call, `${commit}^1`);
  if (from === null) {
    return { problem: `There is no checkpoint of what was before ${name} of ${task}` };
  }
  return { from, to: commit };
}

/** From before the first session to the last checkpoint. */
export async function rangeOfTask(
  call: GitCall,
  { refs, task }: Asked,
): Promise<Range | { problem: string }> {
  const known = await readCheckpoints(call, refs);
  if ('problem' in known) return known;
  const [first] = known.checkpoints;
  const last = known.checkpoints.at(-1);
  if (first === undefined || last === undefined) {
    return { problem: `${task} has no checkpoints` };
  }
  // Of a task that is older than its checkpoints, the first is not 0.
  const from = first.session === 0 ? null : await resolved(call, `${first.commit}^1`);
  return { from: from ?? first.commit, to: last.commit };
}

function numbersOf(checkpoints: readonly Checkpoint[]): string {
  const numbers = checkpoints.map(({ session }) => session).filter((session) => session > 0);
  const [first] = numbers;
  const last = numbers.at(-1);
  if (first === undefined) return '';
  return first === last ? ` (only session ${first} has)` : ` (${first} to ${last} may have one)`;
}
