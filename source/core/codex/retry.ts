// Codex retries by itself and reports that in top-level errors. A retry is over when the model is heard again.
//
//   Reconnecting... 3/5 (stream disconnected before completion: …)
//   Reconnecting... waiting for network (…)          repeats until the network is back
//   stream error: …; retrying 3/5 in 800ms…          versions up to 0.42

import type { LogEvent } from './log-event.ts';

type Retry = Extract<LogEvent, { type: 'retry' }>;

/** Null when the message of a top-level error does not report a retry. */
export function readRetry(message: string): Retry | null {
  const found = /^Reconnecting\.\.\.\s*(\d+\/\d+)?(.*)$/su.exec(message);
  if (found === null) return null;
  const [, counted, rest = ''] = found;
  const reason = rest.trim();
  // Strips parentheses only around the whole reason: "waiting for network (…)" is a sentence and stays.
  const bare = /^\((.*)\)$/su.exec(reason)?.[1] ?? reason;
  return { type: 'retry', ...countsOf(counted), reason: bare };
}

/** `stream_error` of old versions is always a retry: after the last one comes an `error`. */
export function readLegacyRetry(message: string): Retry {
  const [, reason, counted] =
    /^(?:stream error: )?(.*?)(?:; retrying (\d+\/\d+)\b.*)?$/su.exec(message) ?? [];
  return { type: 'retry', ...countsOf(counted), reason: reason ?? message };
}

/**
 * Whether the event shows that Codex reaches the model again. A warning does not, and neither does the end of an
 * item that had begun before: a command keeps running without the network.
 */
export function showsThatItWorked(event: LogEvent, begunBefore: 'begun before' | 'new'): boolean {
  if (event.type === 'turn-completed') return true;
  if (event.type !== 'item' || event.body.kind === 'warning') return false;
  return event.stage !== 'completed' || begunBefore === 'new';
}

function countsOf(counted: string | undefined): { attempt: number | null; of: number | null } {
  const [attempt, of] = (counted ?? '').split('/');
  return { attempt: countOf(attempt), of: countOf(of) };
}

function countOf(digits: string | undefined): number | null {
  const count = Number(digits);
  return digits !== undefined && digits !== '' && Number.isSafeInteger(count) ? count : null;
}
