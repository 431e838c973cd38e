// What session.log says about the last session when no record does: its number, and whether it was ever closed.
// That happens in a moved project and in a task from elsewhere. The agent can write the log, so it is believed only
// as far as the process table confirms it.

import { readLogLine } from '../../core/codex/read-line.ts';
import type { SessionRecord } from '../../core/run/record.ts';
import { isThreadId } from '../../core/task/task.ts';
import type { RunnerDeps } from '../run/runner-deps.ts';

export type SessionInLog = {
  /** The highest session number; 0 if there is none. */
  number: number;
  /** The last session, if its end was not recorded. */
  open: SessionRecord | null;
};

const logEndBytes = 4 * 1024 * 1024;

export async function lastSessionInLog(
  task: Pick<RunnerDeps['task'], 'readLogEnd' | 'logEnd'>,
): Promise<SessionInLog> {
  const text = await task.readLogEnd(logEndBytes);
  let number = 0;
  let open = null as SessionRecord | null;
  for (const line of text.split('\n')) {
    if (!line.includes('autonomous.session.')) continue;
    const event = readLogLine(line);
    if (event.type === 'session-ended' && event.uuid === open?.uuid) open = null;
    if (event.type !== 'session-started') continue;
    number = Math.max(number, event.session);
    // The uuid is searched for in other processes' environments; an invalid one could match anything.
    open = isThreadId(event.uuid) ? recordOf(event) : null;
  }
  // Read from offset 0: nothing recorded where in the log the session began.
  if (open !== null) open.log = { ...(await task.logEnd()), offset: 0 };
  return { number, open };
}

type Started = Extract<ReturnType<typeof readLogLine>, { type: 'session-started' }>;

function recordOf({ session, uuid, role, resumes, at }: Started): SessionRecord {
  return {
    number: session,
    uuid,
    role,
    resumes,
    threadId: null,
    startedAt: at ?? 0,
    log: { offset: 0, device: -1, inode: -1 },
    output: 'log',
    codex: null,
    ended: null,
  };
}
