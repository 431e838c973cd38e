// Detects a session that stalls: any event is progress, silence is not, a command may take longer, and a Codex that
// reports waiting for the network is waiting, not silent. Only time in which this process ran counts: a machine
// that slept, or was frozen as a whole, has not stalled.

import type { LogEvent } from '../../../core/codex/log-event.ts';
import { showsThatItWorked } from '../../../core/codex/retry.ts';
import type { RunSettings } from '../../../core/run/settings.ts';
import type { SessionFact } from '../../../core/run/fact.ts';
import type { Stall } from '../../../core/run/run.ts';
import type { Clock } from '../../../system/clock.ts';

type StallWatch = { seen(event: LogEvent): void; close(): void };

type StallWatchDeps = {
  clock: Clock;
  settings: Pick<RunSettings, 'silentMs' | 'commandMs' | 'networkMs'>;
  /** The session's number. */
  session: number;
  tell(fact: SessionFact): void;
};

const longestLookMs = 5000;
const networkWait = /waiting for network/iu;

export function watchForStalls({ clock, settings, session, tell }: StallWatchDeps): StallWatch {
  const openCommands = new Set<string>();
  const shortest = Math.min(settings.silentMs, settings.commandMs, settings.networkMs);
  const lookEveryMs = Math.max(100, Math.min(longestLookMs, shortest / 4));
  const awakeMs = timeAwake(clock, 2 * lookEveryMs);
  let lastEventAt = awakeMs();
  let offlineSince: number | null = null;
  let isOver = false;

  const look = (): void => {
    const stall = stallAt(awakeMs());
    if (isOver || stall === null) return;
    isOver = true;
    tell({ kind: 'stalled', session, stall });
  };

  function stallAt(now: number): Stall | null {
    if (offlineSince !== null) {
      return now - offlineSince >= settings.networkMs ? 'network' : null;
    }
    const silentForMs = now - lastEventAt;
    if (openCommands.size > 0) return silentForMs >= settings.commandMs ? 'command' : null;
    return silentForMs >= settings.silentMs ? 'silence' : null;
  }

  function isOpen(event: LogEvent): boolean {
    return event.type === 'item' && openCommands.has(event.id);
  }

  const stop = clock.every(lookEveryMs, look);
  return {
    seen: (event) => {
      lastEventAt = awakeMs();
      const isNews = tellsOfTheNetwork(event, isOpen(event) ? 'begun before' : 'new');
      if (event.type === 'item' && event.body.kind === 'command') {
        if (event.stage === 'completed') openCommands.delete(event.id);
        else openCommands.add(event.id);
      }
      // After its turn no more events are due; how long Codex may linger is decided elsewhere.
      if (event.type === 'turn-completed' || event.type === 'turn-failed') isOver = true;
      if (event.type === 'turn-started' || event.type === 'item') isOver = false;
      const isWaiting = event.type === 'retry' && !isOver && networkWait.test(event.reason);
      if (isWaiting === (offlineSince !== null) || !isNews) return;
      offlineSince = isWaiting ? lastEventAt : null;
      tell({ kind: 'offline', session, isOffline: isWaiting });
    },
    close: stop,
  };
}

/** Whether an event says anything about the network: the end of a command begun before does not, nor a failed turn. */
function tellsOfTheNetwork(event: LogEvent, begun: 'begun before' | 'new'): boolean {
  if (event.type === 'turn-failed') return false;
  return event.type !== 'item' || showsThatItWorked(event, begun);
}

/** How long this process has run, from looks at most `longestGapMs` apart: a longer gap was a sleep. */
function timeAwake(clock: Clock, longestGapMs: number): () => number {
  let awakeMs = 0;
  let lookedAt = clock.monotonic();
  return () => {
    const now = clock.monotonic();
    awakeMs += Math.min(now - lookedAt, longestGapMs);
    lookedAt = now;
    return awakeMs;
  };
}
