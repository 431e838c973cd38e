// Where the end of a session stands in the log: behind its last entry, and before what the runner says between two
// sessions.

import type { Entry, EntryBody } from '../../../core/log/entry.ts';
import { stepsBySession, type StepTime } from '../../../core/checklist/step-times.ts';
import type { Row } from '../row.ts';
import { timedRow } from './entry-rows.ts';
import { sessionEnd } from './session-lines.ts';

type SessionPane = {
  readonly entries: readonly Entry[];
  /** The session under way where the entries begin. */
  readonly lead?: Entry | null;
  readonly ticks?: readonly StepTime[];
  readonly width: number;
};

const betweenSessions: readonly EntryBody['kind'][] = ['check', 'warning', 'taken-over', 'told'];

/** What the runner says between two sessions stands behind the end of the first, and so does a take-over. */
export function isBehindSession(pane: SessionPane, index: number): boolean {
  const entry = pane.entries[index];
  if (entry === undefined || !betweenSessions.includes(entry.body.kind)) return false;
  const endedAt = sessionAround(pane, index)?.body.ended?.at ?? null;
  return endedAt !== null && entry.startedAt !== null && entry.startedAt > endedAt;
}

export function endingOfSession(pane: SessionPane, index: number): Row | null {
  const session = sessionAround(pane, index);
  if (session === null) return null;
  const { body, startedAt } = session;
  const ticked = stepsBySession(pane.ticks ?? []).get(body.session ?? 0) ?? 0;
  const words = sessionEnd(body, startedAt, ticked);
  const endedAt = body.ended?.at ?? null;
  return words.length === 0 ? null : timedRow(endedAt, { left: words }, pane.width);
}

type SessionEntry = { body: Extract<EntryBody, { kind: 'session' }>; startedAt: number | null };

function sessionAround({ entries, lead }: SessionPane, index: number): SessionEntry | null {
  for (let at = index; at >= -1; at--) {
    const entry = at === -1 ? lead : entries[at];
    if (entry?.body.kind === 'session') return { body: entry.body, startedAt: entry.startedAt };
  }
  return null;
}
