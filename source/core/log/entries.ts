// Turns the log's events into Entries for the log pane: related lines become one entry that changes.
// The runner's own lines separate the sessions; in logs from other programs, `thread.started` does.
// Takes one line at a time, from a log that may begin anywhere and hold anything, in bounded memory.
//
//   item.started item_3, item.completed item_3          → one command, with its output at the end
//   error "…", turn.failed "…"                          → one error
//   Reconnecting... 1/5, Reconnecting... 2/5, an item   → nothing: the retry worked

import type { LogEvent } from '../codex/log-event.ts';
import { unknownBody } from './lines/item-kinds.ts';
import { createFold, forgetLog, pushAlone, type Fold } from './entry-fold.ts';
import { interruptItems, pushItem } from './entry-item.ts';
import { addCost, beginSession, beginThread, endSession } from './entry-session.ts';
import { pushCheck } from '../check/log-entry.ts';
import { pushTold } from '../guidance/log-entry.ts';
import { pushTakenOver } from '../take-over/log-entry.ts';
import { endRetry, pushError, pushRetry, pushText, pushTurnFailure } from './entry-trouble.ts';
import { createEntryStore, type EntryListener, type Where } from './entry-store.ts';
import type { Entry } from './entry.ts';

export type Entries = {
  /** `at` is epoch ms; null when the line's time was not recorded. */
  push(event: LogEvent, where: Where): void;
  /** A snapshot: the same array as long as nothing changed. */
  list(): readonly Entry[];
  /** Increases with every change, also through clear(). */
  version(): number;
  /** How many of the oldest entries were dropped since the start or the last clear(). */
  dropped(): number;
  /** Call it when the log was truncated or replaced. Keys are never reused. */
  clear(): void;
};

export type EntriesOptions = {
  /** How many entries are kept. Default: 5000. */
  limit?: number;
  /** Characters kept of each long text, head and tail. Default: 65,536. */
  maxOutput?: number;
  /** Characters kept of all entries together. Default: 32 Mi. */
  maxSize?: number;
  /** Paths of file changes become relative to it. Default: they stay absolute. */
  projectPath?: string;
  /** A number for each log that successively had this file name; part of each key. Default: 0. */
  log?: number;
  /** Called with each entry that was added or has changed. */
  changed?: EntryListener;
};

export function createEntries(options: EntriesOptions = {}): Entries {
  const { limit = 5000, maxSize = 32 * 1024 * 1024, maxOutput = 64 * 1024, log = 0 } = options;
  const store = createEntryStore({ limit, maxSize, changed: options.changed });
  const fold = createFold(store, {
    limit,
    maxOutput,
    projectPath: options.projectPath ?? null,
    log,
  });
  return {
    push: (event, where) => pushEvent(fold, event, where),
    list: () => store.list(),
    version: () => store.version(),
    dropped: () => store.dropped(),
    clear() {
      store.clear();
      forgetLog(fold);
    },
  };
}

function pushEvent(fold: Fold, event: LogEvent, where: Where): void {
  switch (event.type) {
    case 'session-started':
      return beginSession(fold, event, where);
    case 'thread-started':
      return beginThread(fold, event.threadId, where);
    case 'session-ended':
      return endSession(fold, event, where);
    case 'check':
      return pushCheck(fold, event, where);
    case 'taken-over':
      return pushTakenOver(fold, event, where);
    case 'told':
      return pushTold(fold, event, where);
    case 'turn-started':
    case 'detail':
      return;
    case 'tokens-counted':
      return addCost(fold, event.totals, where);
    case 'turn-completed':
      endRetry(fold, 'worked');
      if (event.usage !== null) addCost(fold, event.usage, where);
      return interruptItems(fold, where);
    case 'turn-failed':
      pushTurnFailure(fold, event.message, where);
      return interruptItems(fold, where);
    case 'error':
      return pushError(fold, event.message, where);
    case 'item':
      return pushItem(fold, event, where);
    case 'retry':
      return pushRetry(fold, event, where);
    case 'stderr':
    case 'noise':
      return pushText(fold, event, where);
    case 'unknown':
      return pushAlone(fold, unknownBody(event.name, event.json), where);
    default:
      return event satisfies never;
  }
}
