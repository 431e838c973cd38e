// Tokens. Codex reports totals of the whole thread, across all its processes, so a session's cost is the
// difference from the totals last seen for that thread. Failed and interrupted turns report nothing:
// their tokens show up in the next total. (0.60 counted each process from zero. Its lines do not say so,
// so the costs of its resumed sessions come out too low by the totals before.)
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

/** A missing field of `usage` counts as 0: older versions have fewer. */
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
 * What was spent between two totals of one thread; `before` is null when none was known. If input or output
 * shrank, the thread has started counting again, and the whole of `totals` is new. The other two fields may be
 * missing in one version and present in the next, so each is judged by itself.
 */
export function usageSince(before: Usage | null, totals: Usage): Usage {
  if (before === null) return totals;
  const shrank = (name: keyof Usage) => totals[name] < before[name];
  if (shrank('inputTokens') || shrank('outputTokens')) return totals;
  return eachField((name) => (shrank(name) ? totals[name] : totals[name] - before[name]));
}

/** What a budget counts: input that was not cached, and output. */
export function spentTokens({ inputTokens, cachedInputTokens, outputTokens }: Usage): number {
  return Math.max(0, inputTokens - cachedInputTokens) + outputTokens;
}

export type UsageLedger = {
  /** Records a thread's new totals and returns what was spent since its last ones. */
  spent(threadId: string, totals: Usage): Usage;
  /** Notes totals that nobody here has spent: what comes after them counts. */
  moveOn(threadId: string, totals: Usage): void;
  /** Notes that a thread exists; a new thread has spent nothing yet. */
  meet(threadId: string): void;
  /** Whether the thread was met or has reported. The first totals of an unknown thread count as spent just now. */
  knows(threadId: string): boolean;
  /** The sum of everything spent. */
  total(): Usage;
};

/** Beyond this many threads the oldest are forgotten: a session never resumes that far back. */
const maxThreads = 10_000;

/** Fed with a log's totals in order, computes each session's cost, however threads are resumed and mixed. */
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
    moveOn: note,
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
