// The sessions of a task, from its log. The log is read once from its start and then as it grows; only the few
// lines that begin, end or count a session are parsed.

import { cleanLine } from '../../core/text/clean.ts';
import type { LogEvent } from '../../core/codex/log-event.ts';
import { readLogLine } from '../../core/codex/read-line.ts';
import type { SessionSummary } from '../../core/task/details.ts';
import { addUsage, createUsageLedger, type UsageLedger } from '../../core/codex/usage.ts';
import type { LogTail } from '../../system/log/tail.ts';

export type SessionHistory = {
  /** Reads what is new; true if that changed something. */
  read(): Promise<boolean>;
  /** In log order. */
  sessions(): readonly SessionSummary[];
  close(): Promise<void>;
};

/** What a line must contain to be worth parsing. */
const telling = /"(?:autonomous\.session\.(?:started|ended)|thread\.started|turn\.completed)"/u;
/** A task with more sessions shows its last ones. */
const maxSessions = 2000;

export function sessionHistory(tail: LogTail): SessionHistory {
  let sessions: SessionSummary[] = [];
  let ledger: UsageLedger = createUsageLedger();
  let thread: string | null = null;

  function see(event: LogEvent): void {
    const last = sessions.at(-1);
    if (event.type === 'session-started') {
      const { session: number, role, at: startedAt } = event;
      sessions.push({ number, role, startedAt, endedAt: null, outcome: null, cost: null });
      if (sessions.length > maxSessions) sessions = sessions.slice(-maxSessions);
    } else if (event.type === 'thread-started') {
      thread = event.threadId;
      // A conversation that begins in this log has spent nothing before.
      if (!ledger.knows(thread)) ledger.meet(thread);
    } else if (last !== undefined && event.type === 'session-ended') {
      if (last.number !== event.session) return;
      const outcome = cleanLine(event.outcome, { maxLength: 100 });
      sessions[sessions.length - 1] = { ...last, endedAt: event.at, outcome };
    } else if (last !== undefined && event.type === 'turn-completed') {
      if (thread === null || event.usage === null) return;
      const spent = ledger.spent(thread, event.usage);
      const cost = last.cost === null ? spent : addUsage(last.cost, spent);
      sessions[sessions.length - 1] = { ...last, cost };
    }
  }

  return {
    read: async () => {
      let isChanged = false;
      for (;;) {
        const { lines, reset, atEnd } = await tail.read();
        if (reset !== 'none') {
          sessions = [];
          ledger = createUsageLedger();
          thread = null;
          isChanged = true;
        }
        for (const { text } of lines) {
          if (text === null || !telling.test(text.slice(0, 200))) continue;
          see(readLogLine(text));
          isChanged = true;
        }
        if (atEnd) return isChanged;
      }
    },
    sessions: () => [...sessions],
    close: () => tail.close(),
  };
}
