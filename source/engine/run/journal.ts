// Notes in the task's journal what its run waits for and how it ends, read from the run's states as the notices are. What
// cannot be written is missing in the report, and nothing else: no run stops for it.

import { isSameWaiting, waitingOf } from '../../core/report/waiting.ts';
import type { JournalLine } from '../../core/report/journal-line.ts';
import type { Run } from '../../core/run/run.ts';
import type { SessionRecord } from '../../core/run/record.ts';
import type { Usage } from '../../core/codex/log-event.ts';
import type { RunnerDeps } from './runner-deps.ts';

type JournalDeps = Pick<RunnerDeps, 'clock' | 'state'>;
/** A line without its time, of each kind. */
type Happened = JournalLine extends infer Line
  ? Line extends JournalLine
    ? Omit<Line, 'at'>
    : never
  : never;

export async function noteInJournal(
  { clock, state }: JournalDeps,
  happened: Happened,
  at: number = clock.now(),
): Promise<void> {
  await state.noteJournal({ at, ...happened }).catch(() => {});
}

/** Call before the record holds the verdict: what a runner wrote that died in between is written again, in the same round. */
export async function noteVerdict(deps: JournalDeps, before: Run, after: Run): Promise<void> {
  const verdict = verdictIn(before, after);
  if (verdict === null || !('plan' in before.phase)) return;
  const { number: session } = before.phase.plan;
  const round = verdict === 'unclear' ? null : after.review.round;
  await noteInJournal(deps, { what: 'review', session, round, verdict });
}

/** Call with each step of the run. */
export async function noteMove(deps: JournalDeps, before: Run, after: Run): Promise<void> {
  const [was, is] = [waitingOf(before), waitingOf(after)];
  if (!isSameWaiting(was, is)) {
    await noteInJournal(deps, is === null ? { what: 'goes on' } : { what: 'waits', ...is });
  }
  if (after.phase.name === 'ended' && before.phase.name !== 'ended') {
    const { kind, sentence, at } = after.phase.ending;
    await noteInJournal(deps, { what: 'ended', kind, sentence }, at);
  }
}

function verdictIn(
  { review: before }: Run,
  { review: after }: Run,
): 'accepted' | 'rejected' | 'unclear' | null {
  if (after.round > before.round) return after.accepted ? 'accepted' : 'rejected';
  return after.unclear > before.unclear ? 'unclear' : null;
}

/** Call when the session has ended. `usage`: null where it is not known. */
export async function noteSession(
  deps: JournalDeps,
  { number: session, uuid, role, startedAt: from, ended }: SessionRecord,
  usage: Usage | null,
): Promise<void> {
  if (ended === null) return;
  const { at, outcome } = ended;
  await noteInJournal(deps, { what: 'session', session, uuid, role, from, outcome, usage }, at);
}
