// The landmarks of a log: its sessions and what they cost, for finding one's way, and the warnings that its sessions
// repeat. Made from the few lines that mention them, of the whole log, in order.

import { countPassing } from '../../core/binary-search.ts';
import { readLogLine } from '../../core/codex/read-line.ts';
import { createEntries } from '../../core/log/entries.ts';
import type { Entry } from '../../core/log/entry.ts';
import { lineKinds, type LineKind } from '../../core/log/line-kinds.ts';
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
  let summed: { version: number; sessions: readonly SessionSummary[] } | null = null;
  return {
    push: (lines) => {
      for (const { offset, text } of lines) {
        if (text === null) continue;
        const event = readLogLine(text);
        if (event.type === 'stderr') warnings.note(event.text, offset);
        else entries.push(event, { offset, at: timeOf({ offset, text }) });
      }
    },
    list: () => entries.list(),
    version: () => entries.version() + warnings.count(),
    sessions: () => {
      const version = entries.version();
      if (summed?.version !== version) {
        summed = { version, sessions: sessionSummaries(entries.list()) };
      }
      return summed.sessions;
    },
    sessionAt: (offset) => {
      const list = entries.list();
      for (let at = lastAtOrBefore(list, offset); at >= 0; at--) {
        const entry = list[at];
        if (entry?.body.kind === 'session') return entry;
      }
      return null;
    },
    warnings,
    clear: () => {
      entries.clear();
      warnings.clear();
    },
  };
}

/** Index of the last entry that begins at or before `offset`; -1 when none does. */
export function lastAtOrBefore(list: readonly Entry[], offset: number): number {
  return countPassing(list.length, (at) => (list[at]?.offset ?? 0) <= offset) - 1;
}
