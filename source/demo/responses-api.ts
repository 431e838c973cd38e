// A scripted model's answers in the format of the OpenAI Responses API: a stream of server-sent events.
// Pure: the server decides when the events are sent, and how a broken answer breaks.
// A turn continues as long as each answer calls a tool; Codex then posts again with the tool's output.

/** One part of an answer: a message, reasoning, or a tool for Codex to run. */
export type ModelItem =
  | { kind: 'message'; text: string }
  | { kind: 'reasoning'; text: string }
  | { kind: 'command'; command: string; mayFail: boolean }
  | { kind: 'patch'; patch: string };

/** Tokens of one answer. Codex adds them up over the whole thread. */
export type ModelUsage = {
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
  reasoningTokens: number;
};

export type ServerEvent = { type: string } & Record<string, unknown>;

export const defaultUsage: ModelUsage = {
  inputTokens: 1000,
  cachedInputTokens: 200,
  outputTokens: 50,
  reasoningTokens: 10,
};

export function message(text: string): ModelItem {
  return { kind: 'message', text };
}

export function reasoning(text: string): ModelItem {
  return { kind: 'reasoning', text };
}

/** A shell command that must succeed; the script stops if it does not. */
export function command(shellCommand: string): ModelItem {
  return { kind: 'command', command: shellCommand, mayFail: false };
}

/** A shell command that may fail, like a test that is written before its code. */
export function commandThatMayFail(shellCommand: string): ModelItem {
  return { kind: 'command', command: shellCommand, mayFail: true };
}

/** A change of files in Codex's patch language, `*** Begin Patch` to `*** End Patch`. */
export function patch(text: string): ModelItem {
  return { kind: 'patch', patch: text };
}

export function callsTool(item: ModelItem): boolean {
  return item.kind === 'command' || item.kind === 'patch';
}

export function createdEvent(responseId: string): ServerEvent {
  return { type: 'response.created', response: { id: responseId } };
}

export function itemEvents(items: readonly ModelItem[], responseId: string): ServerEvent[] {
  return items.map((item, index) => ({
    type: 'response.output_item.done',
    output_index: index,
    item: wireItem(item, `${responseId}_${index}`),
  }));
}

export function completedEvent(responseId: string, usage: ModelUsage): ServerEvent {
  return {
    type: 'response.completed',
    response: {
      id: responseId,
      output: [],
      usage: {
        input_tokens: usage.inputTokens,
        input_tokens_details: { cached_tokens: usage.cachedInputTokens },
        output_tokens: usage.outputTokens,
        output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
        total_tokens: usage.inputTokens + usage.outputTokens,
      },
    },
  };
}

/** `code` decides whether Codex retries: it ends the turn at once for `invalid_prompt`, `insufficient_quota`
 *  and `context_length_exceeded`, and retries five times for a code that it does not know. */
export function failedEvent(
  responseId: string,
  error: { code: string; message: string },
): ServerEvent {
  return { type: 'response.failed', response: { id: responseId, error } };
}

export function eventText(event: ServerEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** How long Codex lets a command run before it tells the model that it is still running. */
const commandPatienceMs = 60_000;

function wireItem(item: ModelItem, id: string): object {
  switch (item.kind) {
    case 'message':
      return {
        type: 'message',
        id: `msg_${id}`,
        role: 'assistant',
        content: [{ type: 'output_text', text: item.text }],
      };
    case 'reasoning':
      return {
        type: 'reasoning',
        id: `rs_${id}`,
        summary: [{ type: 'summary_text', text: item.text }],
      };
    case 'command':
      return {
        type: 'function_call',
        id: `fc_${id}`,
        call_id: `call_${id}`,
        name: 'exec_command',
        arguments: JSON.stringify({ cmd: item.command, yield_time_ms: commandPatienceMs }),
      };
    case 'patch':
      return {
        type: 'custom_tool_call',
        id: `ctc_${id}`,
        call_id: `call_${id}`,
        name: 'apply_patch',
        input: item.patch,
      };
    default:
      return item satisfies never;
  }
}
