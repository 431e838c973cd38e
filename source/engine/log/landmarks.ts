// The landmarks of a log: its sessions and what they cost, for finding one's way, and the warnings that its sessions
// repeat. Made from the few lines that mention them, of the whole log, in order.

import { countPassing } from '../../core/binary-search.ts';
import { readLogLine } from '../../core/codex/read-line.ts';
import type { CopyState } from '../../core/copy/session-copy.ts';
import { createEntries } from '../../core/log/entries.ts';
import type { Entry } from '../../core/log/entry.ts';
import { lineKinds, type LineKind } from '../../core/log/lines/line-kinds.ts';
import type { LineTimes } from '../../core/log/times.ts';
import { sessionSummaries, type SessionSummary } from '../../core/log/session-summary.ts';
import type { TailLine } from '../../system/log/line-splitter.ts';
import { createRepeatedWarnings, type RepeatedWarnings } from './repeated-warnings.ts';

export type LogLandmarks = {
  push(lines: readonly TailLine[]): void;
  /** In log order. */
  list(): readonly Entry[];
  /** The runner's sessions. The same array as long as nothing changed. */
  sessions(): readonly SessionSummary[];
  /** Increases with every change. */
  version(): number;
  /** The session that the line at `offset` belongs to; null before the first one. */
  sessionAt(offset: number): Entry | null;
  /**
   * Says whether session.log still has what Codex wrote in a session; true if that is new. Kept when the log is read anew.
   */
  noteCopy(session: Entry, copy: CopyState): boolean;
  /** Says which ended sessions are not in the log any more; true if that is new. */
  noteMissing(sessions: readonly number[]): boolean;
  /** The same array as long as nothing changed. */
  missing(): readonly number[];
  readonly warnings: RepeatedWarnings;
  clear(): void;
};

export function isLandmark(kind: LineKind): boolean {
  return kind === lineKinds.session || kind === lineKinds.turn || kind === lineKinds.stderrWarning;
}

const most = 20_000;

export function createLandmarks(timeOf: LineTimes['of']): LogLandmarks {
  const entries = createEntries({ limit: most });
  const warnings = createRepeatedWarnings();
  let summed: { of: readonly Entry[]; sessions: readonly SessionSummary[] } | null = null;
  const copies = new Map<string, CopyState>();
  let verdicts = 0;
  let missing: readonly number[] = [];
  let listed: { version: number; list: readonly Entry[] } | null = null;
  const version = (): number => entries.version() + verdicts;
  const list = (): readonly Entry[] => {
    if (listed?.version !== version()) {
      listed = {
        version: version(),
        list: copies.size === 0 ? entries.list() : entries.list().map(withCopy),
      };
    }
    return listed.list;
  };
  const withCopy = (entry: Entry): Entry => {
    const copy = copies.get(placeOf(entry)) ?? null;
    if (copy === null || entry.body.kind !== 'session') return entry;
    return { ...entry, body: { ...entry.body, copy } };
  };
  return {
    push: (lines) => {
      for (const { offset, text } of lines) {
        if (text === null) continue;
        const event = readLogLine(text);
        if (event.type === 'stderr') warnings.note(event.text, offset);
        else entries.push(event, { offset, at: timeOf({ offset, text }) });
      }
    },
    list,
    version: () => version() + warnings.count(),
    sessions: () => {
      const of = list();
      if (summed?.of !== of) summed = { of, sessions: sessionSummaries(of) };
      return summed.sessions;
    },
    sessionAt: (offset) => {
      const all = list();
      for (let at = lastAtOrBefore(all, offset); at >= 0; at--) {
        const entry = all[at];
        if (entry?.body.kind === 'session') return entry;
      }
      return null;
    },
    noteCopy: (session, copy) => {
      const place = placeOf(session);
      if ((copies.get(place) ?? null) === copy) return false;
      copies.set(place, copy);
      verdicts++;
      return true;
    },
    noteMissing: (sessions) => {
      if (String(sessions) === String(missing)) return false;
      missing = sessions;
      return true;
    },
    missing: () => missing,
    warnings,
    clear: () => {
      entries.clear();
      warnings.clear();
    },
  };
}

/** The same session elsewhere in the log is another matter. */
function placeOf({ offset, body }: Entry): string {
  return `${offset} ${body.kind === 'session' ? body.uuid : ''}`;
}

/** Index of the last entry that begins at or before `offset`; -1 when none does. */
export function lastAtOrBefore(list: readonly Entry[], offset: number): number {
  return countPassing(list.length, (at) => (list[at]?.offset ?? 0) <= offset) - 1;
}
