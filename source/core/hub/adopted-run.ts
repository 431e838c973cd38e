// A run that another machine has begun, as the one that goes on with it keeps it. Nothing of that machine is here: not the
// session's processes, its output and its log, and not the files of the stage that was under way. Its conversation may be.

import type { DirectoryIdentity, RunRecord, SessionRecord } from '../run/record.ts';

type Here = {
  directory: DirectoryIdentity;
  now: number;
  /** The conversation that was brought here; null if none was. */
  conversation: string | null;
};

export function adoptedRun(record: RunRecord, here: Here): RunRecord {
  const { directory, conversation } = here;
  const { session, worked, thread } = record;
  return {
    ...record,
    directory,
    session: session === null ? null : cutOff(session, here),
    worked: { ms: worked.ms, since: null },
    thread: thread?.id === conversation ? thread : null,
    stage: null,
    unrecovered: null,
  };
}

/** The last conversation of the run that a session may go on with; null if it has none. */
export function conversationOf({
  session,
  thread,
}: Pick<RunRecord, 'session' | 'thread'>): string | null {
  const isReview = session?.role === 'reviewer';
  const own = session === null || isReview ? null : (session.threadId ?? session.resumes);
  return own ?? thread?.id ?? null;
}

function cutOff(session: SessionRecord, { now, conversation }: Here): SessionRecord {
  return {
    ...session,
    log: { offset: 0, device: -1, inode: -1 },
    codex: null,
    threadId: session.threadId === conversation ? session.threadId : null,
    ended: { at: now, outcome: 'interrupted', ...session.ended, copy: null },
  };
}
