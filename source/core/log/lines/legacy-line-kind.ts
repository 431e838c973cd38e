// The kind of a line that Codex up to 0.42 wrote, from its first bytes: the type of its `msg`.
//
//   {"id":"0","msg":{"type":"exec_command_begin", …

import { lineKinds, type LineKind } from './line-kinds.ts';
import { type ByteSpan, quote, typeValueIn } from './line-bytes.ts';

const legacyKinds: Readonly<Record<string, LineKind>> = {
  agent_message: lineKinds.message,
  agent_reasoning: lineKinds.reasoning,
  exec_command_begin: lineKinds.command,
  exec_command_end: lineKinds.commandOver,
  exec_command_output_delta: lineKinds.detail,
  agent_reasoning_section_break: lineKinds.detail,
  turn_diff: lineKinds.detail,
  token_count: lineKinds.turn,
  patch_apply_begin: lineKinds.files,
  patch_apply_end: lineKinds.files,
  mcp_tool_call_begin: lineKinds.tool,
  mcp_tool_call_end: lineKinds.tool,
  web_search_begin: lineKinds.tool,
  web_search_end: lineKinds.tool,
  plan_update: lineKinds.toDos,
  error: lineKinds.error,
  turn_aborted: lineKinds.error,
  stream_error: lineKinds.retry,
  session_configured: lineKinds.session,
  task_started: lineKinds.turn,
  task_complete: lineKinds.turn,
};
const longestOldName = 40;

export function legacyLineKind(bytes: Uint8Array, { start, end }: ByteSpan): LineKind {
  const type = typeValueIn(bytes, { start, end: Math.min(end, start + 200) });
  if (type === 0) return lineKinds.unsure;
  let name = '';
  for (let at = type; at < end && name.length < longestOldName && bytes[at] !== quote; at++) {
    name += String.fromCharCode(bytes[at] ?? 0);
  }
  return Object.hasOwn(legacyKinds, name)
    ? (legacyKinds[name] ?? lineKinds.unsure)
    : lineKinds.unsure;
}
