// A run that another machine has begun, as the one that goes on with it keeps it. Nothing of that machine is here: not the
// session's processes, its output and its log, not its conversation, and not the files of the stage that was under way.

import type { DirectoryIdentity, RunRecord, SessionRecord } from '../run/record.ts';

export function adoptedRun(
  record: RunRecord,
  { directory, now }: { directory: DirectoryIdentity; now: number },
): RunRecord {
  const { session, worked } = record;
  return {
    ...record,
    directory,
    session: session === null ? null : cutOff(session, now),
    worked: { ms: worked.ms, since: null },
    thread: null,
    stage: null,
    unrecovered: null,
  };
}

function cutOff(session: SessionRecord, now: number): SessionRecord {
  return {
    ...session,
    log: { offset: 0, device: -1, inode: -1 },
    codex: null,
    threadId: null,
    ended: { at: now, outcome: 'interrupted', ...session.ended, copy: null },
  };
}
