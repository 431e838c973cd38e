// Which model a turn really used, from Codex's own record of the conversation, the rollout: a line before each turn. It
// says nothing of the profile that the model may have come from.
//
//   {"type":"turn_context","payload":{"model":"gpt-5.5",…}}

import { objectField, parsedObject, textField } from '../json/json.ts';

/** Null for a line that says nothing of it. */
export function rolloutModel(line: string): string | null {
  // Most lines are long, and something else.
  if (!line.includes('"turn_context"')) return null;
  const json = parsedObject(line);
  if (json === null || textField(json, 'type') !== 'turn_context') return null;
  const payload = objectField(json, 'payload');
  return payload === null ? null : textField(payload, 'model');
}
