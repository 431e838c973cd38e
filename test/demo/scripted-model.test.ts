import { afterEach, expect, test } from 'vitest';
import {
  command,
  message,
  type ModelItem,
  patch,
  reasoning,
} from '../../source/demo/responses-api.ts';
import {
  type Answer,
  type ModelScript,
  type ScriptedModel,
  startScriptedModel,
} from '../../source/demo/scripted-model.ts';

let model: ScriptedModel | null = null;

afterEach(async () => {
  await model?.stop();
  model = null;
});

test('an answer is created, then sends each item, then completes with its usage', async () => {
  const items: ModelItem[] = [
    reasoning('hm'),
    message('ok'),
    command('ls'),
    patch('*** Begin Patch'),
  ];
  await start(() => ({ kind: 'items', items }));
  const response = await ask('hello');
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const events = eventsIn(await response.text());
  expect(events.map((event) => event['type'])).toEqual([
    'response.created',
    ...items.map(() => 'response.output_item.done'),
    'response.completed',
  ]);
  expect(events.slice(1, -1)).toMatchObject([
    { output_index: 0, item: { type: 'reasoning', summary: [{ text: 'hm' }] } },
    { output_index: 1, item: { type: 'message', content: [{ type: 'output_text', text: 'ok' }] } },
    { output_index: 2, item: { type: 'function_call', name: 'exec_command' } },
    { output_index: 3, item: { type: 'custom_tool_call', input: '*** Begin Patch' } },
  ]);
  expect(events.at(-1)).toMatchObject({
    response: { usage: { input_tokens: 1000, output_tokens: 50, total_tokens: 1050 } },
  });
});

test('no two tool calls of a thread have the same id', async () => {
  await start(() => ({ kind: 'items', items: [command('a'), command('b')] }));
  const texts = [await (await ask('one')).text(), await (await ask('two')).text()];
  const ids = texts
    .flatMap(eventsIn)
    .flatMap((event) => (event['item'] as { call_id: string } | undefined)?.call_id ?? []);
  expect(ids).toHaveLength(4);
  expect(new Set(ids).size).toBe(4);
});

test('every request is in the journal, with its prompt and the kind of answer', async () => {
  await start((request) =>
    request.prompt === 'fail'
      ? { kind: 'failed', code: 'invalid_prompt', message: 'no' }
      : { kind: 'items', items: [message('yes')] },
  );
  await (await ask('first')).text();
  await (await ask('fail')).text();
  expect(model?.journal).toMatchObject([
    { prompt: 'first', toolOutputs: 0, turn: 1, answer: 'items' },
    { prompt: 'fail', toolOutputs: 0, turn: 1, answer: 'failed' },
  ]);
});

test('a failed answer carries its code and message in the stream', async () => {
  await start(() => ({ kind: 'failed', code: 'insufficient_quota', message: 'no money' }));
  expect(eventsIn(await (await ask('hello')).text()).at(-1)).toMatchObject({
    type: 'response.failed',
    response: { error: { code: 'insufficient_quota', message: 'no money' } },
  });
});

test('an HTTP error has its status, its headers and its body', async () => {
  await start(() => ({
    kind: 'http-error',
    status: 429,
    body: { error: { type: 'usage_limit_reached' } },
    headers: { 'retry-after': '3' },
  }));
  const response = await ask('hello');
  expect(response.status).toBe(429);
  expect(response.headers.get('retry-after')).toBe('3');
  expect(await response.json()).toEqual({ error: { type: 'usage_limit_reached' } });
});

test('a cut stream begins and then breaks', async () => {
  await start(() => ({ kind: 'cut' }));
  const response = await ask('hello');
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow();
});

test('a silent stream says nothing until the model stops', async () => {
  await start(() => ({ kind: 'silent' }));
  const response = await ask('hello');
  expect(response.status).toBe(200);
  const body = response.text().then(
    () => 'ended',
    () => 'broke',
  );
  await model?.stop();
  expect(await body).toBe('broke');
});

test('a client that hangs up while the model thinks does not keep it from stopping', async () => {
  await start(() => ({ kind: 'items', items: [message('late')], delayMs: 3_600_000 }));
  const hangUp = new AbortController();
  const response = await ask('hello', hangUp.signal);
  expect(response.status).toBe(200);
  hangUp.abort();
  await model?.stop();
});

test('when the script throws, the client gets an error that it does not retry', async () => {
  await start(() => {
    throw new Error('broken script');
  });
  const response = await ask('hello');
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('broken script');
  expect(model?.journal).toMatchObject([{ answer: 'script-threw' }]);
});

test('a request that is not for the model gets 404, and is not in the journal', async () => {
  await start(() => ({ kind: 'items', items: [] }));
  expect((await fetch(`${model?.url}/models`)).status).toBe(404);
  expect((await fetch(`${model?.url}/responses`, { method: 'POST', body: 'no' })).status).toBe(400);
  expect(model?.journal).toEqual([]);
});

async function start(
  answer: (...request: Parameters<ModelScript['answer']>) => Answer,
): Promise<void> {
  model = await startScriptedModel({ answer });
}

function ask(prompt: string, signal?: AbortSignal): Promise<Response> {
  const content = [{ type: 'input_text', text: prompt }];
  const body = JSON.stringify({ input: [{ type: 'message', role: 'user', content }] });
  return fetch(`${model?.url}/responses`, { method: 'POST', body, signal });
}

function eventsIn(stream: string): Record<string, unknown>[] {
  return stream
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const [name, data] = block.split('\n');
      const event = JSON.parse(data!.replace('data: ', '')) as Record<string, unknown>;
      // Codex reads the event's name, other clients read the type inside.
      expect(name).toBe(`event: ${String(event['type'])}`);
      return event;
    });
}
