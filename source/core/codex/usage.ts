// Tokens. Codex reports totals of the whole thread, across all its processes, so what a session cost is the
// difference to the totals last seen for that very thread. Failed and interrupted turns report nothing:
// their tokens show up in the next total. (0.60 counted each process from zero; nothing in the line tells that,
// so of what its resumed sessions cost the totals before are missing.)
//
//   {"input_tokens":8000,"cached_input_tokens":1600,"output_tokens":400,"reasoning_output_tokens":80}

import type { Usage } from './log-event.ts';
import { countField, type JsonObject } from '../json/json.ts';

export const noUsage: Usage = {
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
};

/** What a field of `usage` does not tell (older versions have fewer) counts as none. */
export function readUsage(json: JsonObject): Usage {
  return {
    inputTokens: countField(json, 'input_tokens') ?? 0,
    cachedInputTokens: countField(json, 'cached_input_tokens') ?? 0,
    outputTokens: countField(json, 'output_tokens') ?? 0,
    reasoningTokens: countField(json, 'reasoning_output_tokens') ?? 0,
  };
}

export function addUsage(a: Usage, b: Usage): Usage {
  return eachField((name) => a[name] + b[name]);
}

/**
 * What was spent between two totals of one thread; before is null where nothing was known. Where input or
 * output shrank, the thread counts anew, and all of the totals is new. The other two may also be missing
 * in one version and there in the next: they are judged each by itself.
 */
export function usageSince(before: Usage | null, totals: Usage): Usage {
  if (before === null) return totals;
  const shrank = (name: keyof Usage) => totals[name] < before[name];
  if (shrank('inputTokens') || shrank('outputTokens')) return totals;
  return eachField((name) => (shrank(name) ? totals[name] : totals[name] - before[name]));
}

export type UsageLedger = {
  /** Takes the totals that a thread reports and says what was spent since it last reported. */
  spent(threadId: string, totals: Usage): Usage;
  /** Notes that a thread exists; a new one has spent nothing yet. */
  meet(threadId: string): void;
  /** Whether the thread was met or has reported. What one that is not known ever spent counts as spent just now. */
  knows(threadId: string): boolean;
  /** The sum of all that was spent. */
  total(): Usage;
};

/** A log of more threads than this forgets the oldest: nobody resumes that far back. */
const maxThreads = 10_000;

/** Fed with a log's totals in their order, it tells each session's cost, however threads are resumed and mixed. */
export function createUsageLedger(known: Iterable<readonly [string, Usage]> = []): UsageLedger {
  const lastTotals = new Map<string, Usage>(known);
  let sum = noUsage;

  const note = (threadId: string, totals: Usage): void => {
    lastTotals.delete(threadId);
    lastTotals.set(threadId, totals);
    const [oldest] = lastTotals.keys();
    if (lastTotals.size > maxThreads && oldest !== undefined) lastTotals.delete(oldest);
  };

  return {
    spent(threadId, totals) {
      const cost = usageSince(lastTotals.get(threadId) ?? null, totals);
      note(threadId, totals);
      sum = addUsage(sum, cost);
      return cost;
    },
    meet: (threadId) => note(threadId, lastTotals.get(threadId) ?? noUsage),
    knows: (threadId) => lastTotals.has(threadId),
    total: () => sum,
  };
}

function eachField(value: (name: keyof Usage) => number): Usage {
  return {
    inputTokens: value('inputTokens'),
    cachedInputTokens: value('cachedInputTokens'),
    outputTokens: value('outputTokens'),
    reasoningTokens: value('reasoningTokens'),
  };
}
