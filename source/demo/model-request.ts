// What Codex sends to the model: one POST body → the parts that a script needs to decide on an answer.
// Every body holds the whole conversation; the current prompt is the newest message that the user wrote. Codex sends
// messages of its own under the same role: its environment, "the user interrupted".

import {
  isObject,
  type JsonObject,
  objectsField,
  parsedObject,
  textField,
} from '../core/json/json.ts';

export type ModelRequest = {
  /** The whole conversation, oldest first, as it came. */
  items: readonly JsonObject[];
  /** The newest message that the user wrote: this turn's prompt. Empty if there is none. */
  prompt: string;
  /** What tools have returned since the prompt, oldest first: the length says how far the turn is. */
  toolOutputs: readonly ToolOutput[];
  /** Every message of the user's role before the prompt, Codex's own included, and earlier prompts after a resume. */
  userMessages: readonly string[];
  /** 1 for a thread's first prompt, one more with every resume. */
  turn: number;
  /** Empty if the request names none. */
  model: string;
  /** Codex's id of the thread, if this version sends one. */
  threadId: string | null;
  /** Length of the whole body: a real model's bill grows with it. */
  bodyLength: number;
};

type ToolOutput = { text: string; failed: boolean };

/** Reads a request's body; null for anything but a JSON object: then the client is not Codex. */
export function readModelRequest(body: string): ModelRequest | null {
  const parsed = parsedObject(body);
  if (parsed === null) return null;
  const items = objectsField(parsed, 'input');
  const userItems = items.filter(isUserMessage);
  const prompts = userItems.filter((item) => !isWrittenByCodex(textOf(item['content'])));
  const prompt = prompts.at(-1);
  const promptIndex = prompt === undefined ? -1 : items.indexOf(prompt);
  return {
    items,
    prompt: textOf(prompt?.['content']),
    toolOutputs: items
      .slice(promptIndex + 1)
      .filter(isToolOutput)
      .map((item) => readToolOutput(textOf(item['output']))),
    userMessages: items
      .slice(0, Math.max(promptIndex, 0))
      .filter(isUserMessage)
      .map((item) => textOf(item['content'])),
    turn: prompts.length,
    model: textField(parsed, 'model') ?? '',
    threadId: textField(parsed, 'prompt_cache_key'),
    bodyLength: body.length,
  };
}

function isUserMessage(item: JsonObject): boolean {
  return item['type'] === 'message' && item['role'] === 'user';
}

/** `<environment_context>…`, `<turn_aborted>…` and the project's instructions are not written by the user. */
function isWrittenByCodex(text: string): boolean {
  return /^<[a-z_]+>/.test(text) || text.startsWith('# AGENTS.md instructions');
}

function isToolOutput(item: JsonObject): boolean {
  return textField(item, 'type')?.endsWith('_output') ?? false;
}

/** Commands say `Process exited with code 2` in the lines before `Output:`, patches `Exit code: 0`; a patch
 *  that does not apply and a call that Codex does not know come back as a bare sentence. */
function readToolOutput(text: string): ToolOutput {
  const head = text.split(/^Output:$/m, 1)[0] ?? '';
  const exitCode = /^(?:Process exited with code|Exit code:) (-?\d+)$/m.exec(head)?.[1];
  if (exitCode !== undefined) return { text, failed: exitCode !== '0' };
  return { text, failed: /^.*\b(?:failed|unsupported|aborted|rejected)\b/.test(head) };
}

/** A string, or a list of parts that contain text. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (isObject(part) ? (textField(part, 'text') ?? '') : '')).join('');
}
