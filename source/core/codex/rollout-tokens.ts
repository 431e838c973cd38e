// What a conversation has used so far, from Codex's own record of it, the rollout: a line behind each answer of the
// model (0.98 to 0.171), while `codex exec` itself says it only when a turn is over.
//
//   {"type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{"input_tokens":10203,…},…},…}}

import { objectField, parsedObject, textField, timeField } from '../json/json.ts';
import type { Usage } from './log-event.ts';
import { readUsage } from './usage.ts';

/** The totals of the conversation; null for a line that says nothing of them. */
export function rolloutTotals(line: string): Usage | null {
  // Most lines are long, and something else.
  if (!line.includes('"token_count"')) return null;
  const json = parsedObject(line);
  const payload = json === null ? null : objectField(json, 'payload');
  if (payload === null || textField(payload, 'type') !== 'token_count') return null;
  const info = objectField(payload, 'info');
  const totals = info === null ? null : objectField(info, 'total_token_usage');
  return totals === null ? null : readUsage(totals);
}

/** When a conversation began, epoch ms: its id is a UUID of version 7. Null for another one. */
export function threadBeganAt(threadId: string): number | null {
  const hex = threadId.replaceAll('-', '');
  return hex.charAt(12) === '7' ? Number.parseInt(hex.slice(0, 12), 16) : null;
}

/** When a line was written, epoch ms. */
export function rolloutTime(line: string): number | null {
  const json = parsedObject(line);
  return json === null ? null : timeField(json, 'timestamp');
}
