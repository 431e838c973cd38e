// The ways in which a model can fail, and Codex 0.171's message and retries for each.

import type { Answer } from './scripted-model.ts';

/** `You’ve hit your usage limit. … or try again at 8:48 AM.` Not retried. To the minute, in local time. */
export function usageLimit({ resetsAtMs }: { resetsAtMs: number }): Answer {
  const error = {
    type: 'usage_limit_reached',
    plan_type: 'plus',
    resets_at: Math.ceil(resetsAtMs / 1000),
    resets_in_seconds: Math.max(0, Math.ceil((resetsAtMs - Date.now()) / 1000)),
  };
  return { kind: 'http-error', status: 429, body: { error } };
}

export const faults = {
  /** `exceeded retry limit, last status: 429 Too Many Requests`. Not retried. */
  tooManyRequests: { kind: 'http-error', status: 429 },

  /** `unexpected status 401 Unauthorized: no such key, url: …`. Retried as often as a broken stream. */
  unauthorized: { kind: 'http-error', status: 401, body: { error: { message: 'no such key' } } },

  /** `We’re currently experiencing high demand, which may cause temporary errors.` Retried as a request, and
   *  then all of that again as a stream: 30 requests in 25 s with Codex's defaults. */
  serverError: { kind: 'http-error', status: 500 },

  /** `unexpected status 503 Service Unavailable: …`. Retried like a 500. */
  unavailable: { kind: 'http-error', status: 503 },

  /** `Selected model is at capacity. Please try a different model.` Retried as a request. */
  atCapacity: {
    kind: 'http-error',
    status: 503,
    body: { error: { code: 'server_is_overloaded' } },
  },

  /** `Quota exceeded. Check your plan and billing details.` Not retried. */
  quotaExceeded: { kind: 'failed', code: 'insufficient_quota', message: 'no money left' },

  /** `Codex ran out of room in the model's context window. …` Not retried. */
  contextFull: { kind: 'failed', code: 'context_length_exceeded', message: 'too long' },

  /** `rate limit exceeded: slow down. Please try again in 0.1s.` Retried as a stream. */
  rateLimited: {
    kind: 'failed',
    code: 'rate_limit_exceeded',
    message: 'slow down. Please try again in 0.1s.',
  },

  /** `stream disconnected before completion: Transport error: …`. Retried as a stream. */
  streamCut: { kind: 'cut' },

  /** `stream disconnected before completion: idle timeout waiting for SSE`, after the provider's idle timeout. */
  silence: { kind: 'silent' },
} as const satisfies Record<string, Answer>;
