// A run that another machine has begun, as the one that goes on with it keeps it. Nothing of that machine is here: not the
// session's processes, its output and its log, and not the files of the stage that was under way. Its conversation may be.

import type { DirectoryIdentity, RunRecord, SessionRecord } from '../run/record.ts';
import type { Sandbox } from '../task/task.ts';

type Here = {
  directory: DirectoryIdentity;
  /** What this machine's worker was started with: full access is each machine's own to give. */
  sandbox: Sandbox;
  now: number;
  /** The conversation that was brought here; null if none was. */
  conversation: string | null;
};

export function adoptedRun(record: RunRecord, here: Here): RunRecord {
  const { directory, sandbox, conversation } = here;
  const { session, worked, thread } = record;
  return {
    ...record,
    directory,
    sandbox,
    session: session === null ? null : cutOff(session, here),
    worked: { ms: worked.ms, since: null },
    thread: thread?.id === conversation ? thread : null,
    stage: null,
    unrecovered: null,
  };
}

/** What the user should know of the sandbox in which it goes on here; null if that is as it was. */
export function sandboxSentence(record: RunRecord, { sandbox }: Pick<Here, 'sandbox'>) {
  if (record.sandbox === sandbox) return null;
  return sandbox === 'workspace-write'
    ? 'This task had full access on its last machine; here it goes on in workspace-write (--worker --network gives full access)'
    : 'This task was in workspace-write on its last machine; here it goes on with full access, as its worker was started with --network';
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
