import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { promptFor, type PromptParts } from '../../source/core/prompt.ts';
import type { Role, Sandbox } from '../../source/core/task.ts';
import { writeCodexHome } from '../../source/demo/codex-home.ts';
import { faults, usageLimit } from '../../source/demo/faults.ts';
import type { ModelRequest } from '../../source/demo/model-request.ts';
import { genericPlan, genericStep, type Plan } from '../../source/demo/plan.ts';
import { linesReplaced } from '../../source/demo/patch-text.ts';
import { command, message, patch } from '../../source/demo/responses-api.ts';
import { sandboxWorks } from '../../source/demo/sandbox-check.ts';
import {
  type Answer,
  type JournalEntry,
  type ScriptedModel,
  startScriptedModel,
} from '../../source/demo/scripted-model.ts';
import { scriptedWorker } from '../../source/demo/scripted-worker.ts';
import { codexPath, eventsIn, failureIn, runSession } from '../helpers/codex.ts';
import { makeWorkspace, type Workspace } from '../helpers/workspace.ts';

const mending = patch(
  linesReplaced('src/shop/step-settings.sh', {
    before: ['# Part of shop.'],
    after: ['# Part of shop, mended.'],
  }),
);
const plan: Plan = {
  ...genericPlan('shop'),
  steps: genericPlan('shop')
    .steps.slice(0, 3)
    .map((step, index) => (index === 2 ? { ...step, work: [...step.work, mending] } : step)),
};
const failingStep = { ...genericStep('broken', 'Do the impossible'), work: [command('exit 3')] };
const brokenPlan: Plan = { ...plan, steps: [{ ...failingStep, phase: 'Only' }] };
const worker = scriptedWorker({
  plans: new Map([
    ['shop', plan],
    ['broken', brokenPlan],
  ]),
});

let workspace: Workspace;
let model: ScriptedModel;
let answer: (request: ModelRequest) => Answer;
let requests: ModelRequest[];
let journalBefore: number;

// Some machines, most containers among them, have no sandbox to offer.
const sandbox = await checkSandbox();
const sandboxes: Sandbox[] =
  sandbox.kind === 'works' ? ['workspace-write', 'danger-full-access'] : ['danger-full-access'];

beforeAll(async () => {
  workspace = await makeWorkspace();
  model = await startScriptedModel({
    answer: (request) => answer(request),
    onRequest: (request) => requests.push(request),
  });
  await writeCodexHome(workspace.codexHome, { url: model.url });
});

afterAll(async () => {
  await model.stop();
  await workspace.remove();
});

beforeEach(() => {
  answer = worker;
  requests = [];
  journalBefore = model.journal.length;
});

describe.each(sandboxes)('under %s', (sandboxMode) => {
  const taskName = `shop-${sandboxMode}`;

  test('an Initializer plans, and Executors work until all is ticked', async () => {
    answer = scriptedWorker({ plans: () => plan });
    const initializer = await run({ role: 'initializer', taskName });
    expect(initializer).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await boxes(taskName)).toEqual(plan.steps.map(({ text }) => ({ done: false, text })));

    const first = await run({ role: 'executor', taskName });
    expect(exitCodesIn(first.lines)).toEqual([0, 0, 0, 0, 0]);
    expect((await boxes(taskName)).map(({ done }) => done)).toEqual([true, true, false]);

    const second = await run({ role: 'executor', taskName });
    expect(exitCodesIn(second.lines)).toEqual([0, 0, 0]);
    expect((await boxes(taskName)).map(({ done }) => done)).toEqual([true, true, true]);
    expect(await read(`.autonomous/${taskName}/progress.md`)).toContain('- Step 3 is done');
    expect(await read('src/shop/step-settings.sh')).toMatch(
      /^# Part of shop, mended\.\nstep_settings\(\) \{\n/,
    );
  });

  test('a step whose work fails stays open, and the session says why', async () => {
    await run({ role: 'initializer', taskName: 'broken' });
    const { lines } = await run({ role: 'executor', taskName: 'broken' });
    expect(exitCodesIn(lines)).toEqual([0, 3]);
    expect(await boxes('broken')).toEqual([{ done: false, text: 'Do the impossible' }]);
    const lastWords = eventsIn(lines).findLast((event) => event.item?.type === 'agent_message');
    expect(lastWords?.item?.text).toContain('leave the step open');
  });

  async function run(session: { role: Role; taskName: string }) {
    const prompt = await promptOf(session);
    return runSession(workspace, { prompt, sandbox: sandboxMode });
  }
});

test('a prompt without a step fails the turn at once, with the sentence that says so', async () => {
  const prompt = 'Task directory: .autonomous/shop/\nRole: Executor (session 2)\n\nGo on.\n';
  const { exitCode, lines } = await runSession(workspace, { prompt });
  expect(exitCode).toBe(1);
  expect(failureIn(lines)).toBe('The prompt does not say "Next open step: N. text".');
  expect(journal()).toHaveLength(1);
});

test('a resumed conversation holds the earlier prompt, and only the new one counts', async () => {
  answer = () => ({ kind: 'items', items: [message('Fine.')] });
  const { lines } = await runSession(workspace, { prompt: 'first words' });
  const resumes = eventsIn(lines)[0]?.thread_id;
  const resumed = await runSession(workspace, { prompt: 'second words', resumes });
  expect(eventsIn(resumed.lines)[0]?.thread_id).toBe(resumes);
  expect(requests.at(-1)).toMatchObject({ prompt: 'second words', turn: 2, threadId: resumes });
  expect(requests.at(-1)?.userMessages).toContain('first words');
});

describe('Codex ends a turn that fails with', () => {
  beforeAll(() =>
    writeCodexHome(workspace.codexHome, {
      url: model.url,
      streamMaxRetries: 0,
      requestMaxRetries: 0,
      streamIdleTimeoutMs: 500,
    }),
  );

  const inTwoHours = usageLimit({ resetsAtMs: Date.now() + 7_200_000 });
  test.each<[string, Answer, RegExp]>([
    [
      'a usage limit',
      inTwoHours,
      /^You’ve hit your usage limit\. .* try again at .*\d:\d\d [AP]M\.$/,
    ],
    ['a 429', faults.tooManyRequests, /^exceeded retry limit, last status: 429 Too Many Requests$/],
    ['a 401', faults.unauthorized, /^unexpected status 401 Unauthorized: no such key, url: /],
    ['a 500', faults.serverError, /^We’re currently experiencing high demand, /],
    ['a 503', faults.unavailable, /^unexpected status 503 Service Unavailable: /],
    ['no capacity', faults.atCapacity, /^Selected model is at capacity\. /],
    ['no quota', faults.quotaExceeded, /^Quota exceeded\. Check your plan and billing details\.$/],
    [
      'a full context',
      faults.contextFull,
      /^Codex ran out of room in the model's context window\./,
    ],
    ['a rate limit', faults.rateLimited, /^rate limit exceeded: slow down\. .* in 0\.1s\.$/],
    ['a cut stream', faults.streamCut, /^stream disconnected before completion: Transport error/],
    ['a silent stream', faults.silence, /^stream disconnected before completion: idle timeout/],
  ])('%s', async (_what, fault, words) => {
    answer = () => fault;
    const { exitCode, lines } = await runSession(workspace, { prompt: 'Go on.' });
    expect(failureIn(lines)).toMatch(words);
    expect(exitCode).toBe(1);
    expect(journal()).toMatchObject([{ answer: fault.kind }]);
  });
});

test.each<[string, Answer, number]>([
  ['a cut stream is asked for again once', faults.streamCut, 2],
  ['a 500 twice, and all of that again', faults.serverError, 6],
])('with one retry of a stream and two of a request, %s', async (_law, fault, asked) => {
  const retries = { streamMaxRetries: 1, requestMaxRetries: 2 };
  await writeCodexHome(workspace.codexHome, { url: model.url, ...retries });
  answer = () => fault;
  await runSession(workspace, { prompt: 'Go on.' });
  expect(journal()).toHaveLength(asked);
});

test('a broken stream that comes back is no failure', async () => {
  await writeCodexHome(workspace.codexHome, { url: model.url, streamMaxRetries: 1 });
  answer = () =>
    journal().length === 0 ? faults.streamCut : { kind: 'items', items: [message('Back.')] };
  const { exitCode, lines } = await runSession(workspace, { prompt: 'Go on.' });
  expect(exitCode).toBe(0);
  expect(failureIn(lines)).toBeNull();
});

async function checkSandbox(): ReturnType<typeof sandboxWorks> {
  const place = await makeWorkspace();
  try {
    return await sandboxWorks(codexPath, place.codexHome);
  } finally {
    await place.remove();
  }
}

function journal(): readonly JournalEntry[] {
  return model.journal.slice(journalBefore);
}

async function promptOf({ role, taskName }: { role: Role; taskName: string }): Promise<string> {
  const list = role === 'initializer' ? [] : await boxes(taskName);
  const nextIndex = list.findIndex((box) => !box.done);
  const parts: PromptParts = {
    role,
    taskName,
    description: 'Sell things over the counter',
    session: 1,
    nextStep: nextIndex === -1 ? null : { number: nextIndex + 1, text: list[nextIndex]!.text },
    progress: { done: list.filter((box) => box.done).length, total: list.length },
    resumed: false,
    additions: [],
  };
  return promptFor(parts);
}

async function boxes(taskName: string): Promise<{ done: boolean; text: string }[]> {
  const list = await read(`.autonomous/${taskName}/task_list.md`);
  return [...list.matchAll(/^- \[([ x])\] (.*)$/gm)].map(([, mark, text]) => ({
    done: mark === 'x',
    text: text!,
  }));
}

function read(path: string): Promise<string> {
  return readFile(join(workspace.project, path), 'utf8');
}

/** Of all commands, in order. */
function exitCodesIn(lines: readonly string[]): (number | null | undefined)[] {
  return eventsIn(lines)
    .filter((event) => event.type === 'item.completed')
    .flatMap(({ item }) => (item?.type === 'command_execution' ? [item.exit_code] : []));
}
