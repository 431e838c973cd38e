// What session.log tells of the last session where no record does: its number, and whether it was ever closed. That is
// so in a project that was moved, and in a task that came from elsewhere. The agent can write there: what it says is
// believed only as far as the process table bears it out.

import { readLogLine } from '../../core/codex/read-line.ts';
import type { SessionRecord } from '../../core/run/record.ts';
import { isThreadId } from '../../core/task/task.ts';
import type { RunnerDoors } from '../run/runner-deps.ts';
import { logEnd } from './log-lines.ts';

export type SessionInLog = {
  /** The highest number of any session; 0 where there is none. */
  number: number;
  /** The last session, if nobody recorded its end. */
  open: SessionRecord | null;
};

const logEndBytes = 4 * 1024 * 1024;

export async function lastSessionInLog(
  task: Pick<RunnerDoors['task'], 'readLogEnd' | 'openLog'>,
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
    // The uuid is looked for in other processes' environments; one that is none could match anything.
    open = isThreadId(event.uuid) ? recordOf(event) : null;
  }
  // It is read from its beginning: where in it the session began, nobody wrote down.
  if (open !== null) open.log = { ...(await logEnd(task)), offset: 0 };
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
    codex: null,
    ended: null,
  };
}
