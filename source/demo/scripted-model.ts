// A model on loopback that answers Codex from a script: no account, no network, the same words every time.
// It knows nothing of tasks: `answer` gets each request and returns the answer. Its only state between requests is the
// journal, so a request that Codex repeats gets the same answer.

import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { type ModelRequest, readModelRequest } from './model-request.ts';
import {
  completedEvent,
  createdEvent,
  defaultUsage,
  eventText,
  failedEvent,
  itemEvents,
  type ModelItem,
  type ModelUsage,
  type ServerEvent,
} from './responses-api.ts';

export type Answer =
  /** A healthy model's answer, sent after `delayMs`, as if the model were thinking. */
  | { kind: 'items'; items: readonly ModelItem[]; usage?: ModelUsage; delayMs?: number }
  /** No stream at all. A `body` that is not a string is sent as JSON. */
  | { kind: 'http-error'; status: number; body?: unknown; headers?: Record<string, string> }
  /** A stream that says that the answer failed. */
  | { kind: 'failed'; code: string; message: string }
  /** A stream whose connection breaks before it is complete. */
  | { kind: 'cut' }
  /** A stream that stays silent until one side hangs up. */
  | { kind: 'silent' };

export type JournalEntry = {
  /** Epoch ms. */
  at: number;
  prompt: string;
  toolOutputs: number;
  turn: number;
  /** `script-threw`: `answer` threw, and Codex got status 400, which it does not retry. */
  answer: Answer['kind'] | 'script-threw';
};

export type ModelScript = {
  answer: (request: ModelRequest) => Answer | Promise<Answer>;
  /** Called for every request before it is answered. */
  onRequest?: (request: ModelRequest) => void;
};

export type ScriptedModel = {
  /** The value for Codex's `base_url`. */
  url: string;
  /** Every request that was answered, oldest first; it grows while the model runs. */
  journal: readonly JournalEntry[];
  /** Closes every connection. */
  stop(): Promise<void>;
};

export async function startScriptedModel(script: ModelScript): Promise<ScriptedModel> {
  const journal: JournalEntry[] = [];
  const server = createServer((request, response) => {
    serve(request, response, { script, journal }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    journal,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Playing = { script: ModelScript; journal: JournalEntry[] };

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { script, journal }: Playing,
): Promise<void> {
  // Codex also requests a list of models, but does not need it.
  if (request.method !== 'POST' || request.url !== '/v1/responses') {
    response.writeHead(404).end();
    return;
  }
  const modelRequest = readModelRequest(await text(request));
  if (modelRequest === null) {
    response.writeHead(400).end('The body is not a JSON object.');
    return;
  }
  const { answer, kind } = await answerOrError(script, modelRequest);
  const { prompt, toolOutputs, turn } = modelRequest;
  journal.push({ at: Date.now(), prompt, toolOutputs: toolOutputs.length, turn, answer: kind });
  // Unique even when a thread is resumed with another model: Codex finds outputs by these ids.
  await send(answer, response, `resp_${randomUUID()}`);
}

async function answerOrError(
  script: ModelScript,
  request: ModelRequest,
): Promise<{ answer: Answer; kind: JournalEntry['answer'] }> {
  try {
    script.onRequest?.(request);
    const answer = await script.answer(request);
    return { answer, kind: answer.kind };
  } catch (error) {
    const body = `The model's script threw: ${String(error)}`;
    return { answer: { kind: 'http-error', status: 400, body }, kind: 'script-threw' };
  }
}

async function send(answer: Answer, response: ServerResponse, id: string): Promise<void> {
  switch (answer.kind) {
    case 'items':
      openStream(response);
      say(response, createdEvent(id));
      if (!(await stillThereAfter(answer.delayMs ?? 0, response))) return;
      itemEvents(answer.items, id).forEach((event) => say(response, event));
      say(response, completedEvent(id, answer.usage ?? defaultUsage));
      response.end();
      return;
    case 'http-error':
      sendError(answer, response);
      return;
    case 'failed':
      openStream(response);
      say(response, createdEvent(id));
      say(response, failedEvent(id, { code: answer.code, message: answer.message }));
      response.end();
      return;
    case 'cut':
      openStream(response);
      // Destroyed only after the first event is sent; otherwise the connection would look refused, not cut.
      response.write(eventText(createdEvent(id)), () => response.destroy());
      return;
    case 'silent':
      openStream(response);
      return;
    default:
      return answer satisfies never;
  }
}

function sendError(
  { status, body = '', headers }: Extract<Answer, { kind: 'http-error' }>,
  response: ServerResponse,
): void {
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json',
    ...headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}

function openStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
}

function say(response: ServerResponse, event: ServerEvent): void {
  response.write(eventText(event));
}

/** False if Codex hung up during the delay: a paused session must not keep the server busy. */
async function stillThereAfter(delayMs: number, response: ServerResponse): Promise<boolean> {
  if (delayMs === 0) return !response.destroyed;
  const hungUp = new AbortController();
  response.once('close', () => hungUp.abort());
  try {
    await delay(delayMs, undefined, { signal: hungUp.signal });
    return true;
  } catch {
    return false;
  }
}
