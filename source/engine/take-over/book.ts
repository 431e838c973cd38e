// Books a take-over that is over: an entry in the log, what the task's last session had used, and the conversation's total as
// the new base. Only the holder of the task's locks may, and while no session is open: by the process that lent the terminal,
// or, if that died, by the next run. Done twice, it is done once.

import type { Usage } from '../../core/codex/log-event.ts';
import { addUsage, noUsage } from '../../core/codex/usage.ts';
import type { RunRecord, SessionRecord } from '../../core/run/record.ts';
import { booked } from '../../core/take-over/booking.ts';
import { takenOverLine } from '../../core/take-over/log-line.ts';
import type { TakeOver, TakeOverEnd } from '../../core/take-over/take-over.ts';
import { logOnce } from '../between/log-once.ts';
import { noteInJournal } from '../run/journal.ts';
import type { RunnerDeps } from '../run/runner-deps.ts';
import { conversationTotals } from './conversation-totals.ts';

export type BookingDeps = Pick<
  RunnerDeps,
  'clock' | 'task' | 'state' | 'tailRollout' | 'takeTree' | 'filesBetween'
>;

type Account = Pick<RunRecord, 'thread' | 'usage' | 'session'>;

/**
 * Changes the account to what it is then; null if there was nothing to book. Write that down, then forget the take-over.
 */
export async function bookTakeOver(
  deps: BookingDeps,
  account: Account,
): Promise<TakeOverEnd | null> {
  const { task, state } = deps;
  const directory = await task.identity();
  const found = await state.readTakeOver(directory);
  if (found === null || directory === null) return null;
  const ended = found.ended ?? (await endOf(deps, found));
  const takeOver = { ...found, ended };
  if (found.ended === null) await state.writeTakeOver(takeOver, directory);
  const session = { number: account.session?.number ?? 0, uuid: found.uuid };
  await logOnce(deps, session, takenOverLine(takeOver));
  const { thread, usage, own } = booked(takeOver, account);
  if (account.session !== null) await noteOwn(deps, account.session, own);
  Object.assign(account, { thread, usage });
  return ended;
}

/** What is found now. If its process died, Codex's last word is its end. */
export async function endOf(
  deps: BookingDeps,
  { threadId, startedAt, tree }: TakeOver,
): Promise<TakeOverEnd> {
  const { totals, lastAt } = await conversationTotals(deps, threadId);
  const at = Math.min(deps.clock.now(), Math.max(startedAt, lastAt ?? 0));
  const after = await deps.takeTree().catch(() => null);
  const files =
    tree === null || after === null ? [] : await deps.filesBetween(tree, after).catch(() => []);
  return { at, totals, files: files.map(({ path }) => path) };
}

/** The last session was cut short, and never said what it had used: the report knows now. */
async function noteOwn(
  deps: Pick<BookingDeps, 'clock' | 'state'>,
  { uuid }: SessionRecord,
  own: Usage,
): Promise<void> {
  if (own === noUsage) return;
  const lines = await deps.state.readJournal().catch(() => []);
  const line = lines.findLast((one) => one.what === 'session' && one.uuid === uuid);
  if (line?.what !== 'session') return;
  const { at, ...said } = line;
  await noteInJournal(deps, { ...said, usage: addUsage(said.usage ?? noUsage, own) }, at);
}
