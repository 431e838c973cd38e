import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { promptFor, type PromptParts } from '../../source/core/codex/prompt.ts';
import type { Role, Sandbox } from '../../source/core/task/task.ts';
import { writeCodexHome } from '../../source/demo/codex-home.ts';
import type { ModelRequest } from '../../source/demo/model-request.ts';
import { genericPlan, genericStep, type Plan } from '../../source/demo/plan.ts';
import { linesReplaced } from '../../source/demo/patch-text.ts';
import { command, message, patch } from '../../source/demo/responses-api.ts';
import { sandboxWorks } from '../../source/demo/sandbox-check.ts';
import {
  type Answer,
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

// Some machines, most containers among them, cannot create a sandbox.
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
});

describe.each(sandboxes)('under %s', (sandboxMode) => {
  const taskName = `shop-${sandboxMode}`;

  test('an Initializer plans, and Executors work until all steps are ticked', async () => {
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

test('a prompt without a step fails the turn at once, with a sentence that says so', async () => {
  const prompt = 'Task directory: .autonomous/shop/\nRole: Executor (session 2)\n\nGo on.\n';
  const { exitCode, lines } = await runSession(workspace, { prompt });
  expect(exitCode).toBe(1);
  expect(failureIn(lines)).toBe('The prompt does not say "Next open step: N. text".');
  expect(requests).toHaveLength(1);
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

async function checkSandbox(): ReturnType<typeof sandboxWorks> {
  const place = await makeWorkspace();
  try {
    return await sandboxWorks(codexPath, place.codexHome);
  } finally {
    await place.remove();
  }
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
