// How Codex's own record of a conversation begins, and what its file is called: `rollout-2026-11-27T19-54-11-<id>.jsonl`.
//
//   {"timestamp":"…","type":"session_meta","payload":{"id":"01a21e92-8f4b-7931-9bed-ed5834723981","cwd":"…",…}}

import { objectField, parsedObject, textField } from '../json/json.ts';
import { threadBeganAt } from './rollout-tokens.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a record that begins with this line is that of the conversation. */
export function beginsConversation(firstLine: string, threadId: string): boolean {
  const line = parsedObject(firstLine);
  if (line === null || textField(line, 'type') !== 'session_meta') return false;
  const payload = objectField(line, 'payload');
  return payload !== null && textField(payload, 'id') === threadId;
}

/** The name that Codex gives the record of a new conversation; null for an id that Codex does not give. */
export function rolloutName(threadId: string): string | null {
  const beganAt = threadBeganAt(threadId);
  if (beganAt === null || !uuid.test(threadId)) return null;
  const at = new Date(beganAt);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [String(at.getFullYear()), two(at.getMonth() + 1), two(at.getDate())].join('-');
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join('-');
  return `rollout-${day}T${time}-${threadId}.jsonl`;
}
