import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readVerdict } from '../../source/core/review/verdict.ts';
import { readModelRequest } from '../../source/demo/model-request.ts';
import { genericPlan, type Plan } from '../../source/demo/plan.ts';
import {
  command,
  commandThatMayFail,
  message,
  type ModelItem,
} from '../../source/demo/responses-api.ts';
import type { Answer } from '../../source/demo/scripted-model.ts';
import { itemsToSayNow, scriptedWorker } from '../../source/demo/scripted-worker.ts';
import { tickCommand } from '../../source/demo/worker-script.ts';

const plan: Plan = {
  stepsPerSession: 2,
  paceMs: 250,
  steps: ['one', 'two', 'three'].map((text) => ({
    text,
    phase: text === 'three' ? 'Last' : 'First',
    work: [command(`work on ${text}`)],
  })),
};

describe('the Initializer', () => {
  test('writes every step under its phase, in order and not ticked', () => {
    const patches = allItems(initializerPrompt).filter((item) => item.kind === 'patch');
    expect(patches).toHaveLength(1);
    expect(patches[0]?.patch.split('\n').map((line) => line.slice(1))).toEqual(
      expect.arrayContaining([
        '# Task list: shop',
        '## First',
        '- [ ] one',
        '## Last',
        '- [ ] three',
      ]),
    );
    expect(patches[0]?.patch).toContain('*** Add File: .autonomous/shop/progress.md');
  });

  test('plans something even for an unknown task', () => {
    const { steps } = genericPlan('shop');
    expect(steps).toHaveLength(10);
    expect(new Set(steps.map((step) => step.text)).size).toBe(10);
  });
});

test('the Reviewer accepts, after a look at the list', () => {
  const prompt = 'Task directory: .autonomous/shop/\nRole: Reviewer (round 1)\n\nTry to refute it.';
  expect(commandsOf(prompt)).toEqual(['cat .autonomous/shop/task_list.md']);
  const last = allItems(prompt).at(-1);
  expect(readVerdict(last?.kind === 'message' ? last.text : null, 3)).toEqual({ accepts: true });
});

describe('the Executor', () => {
  test('does as many steps as the plan says, starting with the one in the prompt', () => {
    expect(commandsOf(executorPrompt(1, 'one'))).toMatchObject(
      [
        /^cat \.autonomous\/shop\/task_list\.md/,
        /^work on one/,
        /^# Tick step 1: one\nSTEP='one' /,
        /^work on two/,
        /^# Tick step 2: two\nSTEP='two' /,
      ].map((pattern) => expect.stringMatching(pattern) as string),
    );
    expect(commandsOf(executorPrompt(3, 'three'))).toHaveLength(3);
  });

  test('does a step that is not in the plan alone', () => {
    const commands = commandsOf(executorPrompt(2, 'Water the flowers'));
    expect(commands).toHaveLength(3);
    expect(commands[1]).toBe('sh test/shop/step-water-flowers.test.sh');
  });

  test('continues after an Initializer that was killed before it wrote progress.md', () => {
    const reading = 'Process exited with code 1\nOutput:\ntail: cannot open progress.md\n';
    expect(answerTo(executorPrompt(1, 'one'), 1, reading)).toMatchObject({
      items: [{ kind: 'message', text: 'Step 1: one' }, command('work on one')],
    });
  });

  test('paces its answers and reports their usage', () => {
    expect(answerTo(executorPrompt(1, 'one'))).toMatchObject({ kind: 'items', delayMs: 250 });
    expect(answerTo(executorPrompt(1, 'one'))).toHaveProperty('usage.inputTokens');
  });
});

test('a prompt with a missing line fails the turn with a sentence', () => {
  expect(answerTo('Just do it')).toEqual({
    kind: 'failed',
    code: 'invalid_prompt',
    message: 'The prompt does not say "Task directory: .autonomous/<task>/".',
  });
});

describe('a script is sent up to its next tool', () => {
  const script: ModelItem[] = [message('a'), command('b'), message('c'), message('d')];
  const fine = { text: '', failed: false };
  const failed = { text: 'exit code 1', failed: true };

  test('and continues when that tool has answered', () => {
    expect(itemsToSayNow(script, [])).toEqual([message('a'), command('b')]);
    expect(itemsToSayNow(script, [fine])).toEqual([message('c'), message('d')]);
  });

  test('and always ends with a message', () => {
    expect(itemsToSayNow([command('b')], [fine])).toMatchObject([{ kind: 'message' }]);
    expect(itemsToSayNow(script, [fine, fine])).toMatchObject([{ kind: 'message' }]);
  });

  test('and stops at a tool that failed, unless it may fail', () => {
    expect(itemsToSayNow(script, [failed])).toMatchObject([
      { kind: 'message', text: expect.stringContaining('exit code 1') as string },
    ]);
    expect(itemsToSayNow([commandThatMayFail('b'), message('c')], [failed])).toEqual([
      message('c'),
    ]);
  });
});

describe('the command that ticks a step', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tick-'));
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  test('ticks only the first open box with this text', () => {
    const before = '# a\n\n- [x] a\n- [ ] ab\n  * [ ] a\n1. [ ] a\n';
    expect(ticked(before, 'a')).toBe('# a\n\n- [x] a\n- [ ] ab\n  * [x] a\n1. [ ] a\n');
  });

  test.each(["it's", 'a\\nb', '$HOME `x` "q"', 'a/b & [ ] c', 'größer – 你好'])(
    'takes the text %j literally',
    (text) =>
      expect(ticked(`- [ ] other\n- [ ] ${text}\n`, text)).toBe(`- [ ] other\n- [x] ${text}\n`),
  );

  test('fails and changes nothing if no open step has the text', () => {
    expect(() => ticked('- [x] a\n', 'a')).toThrow();
    expect(readdirSync(directory)).toEqual(['list.md']);
    expect(readFileSync(join(directory, 'list.md'), 'utf8')).toBe('- [x] a\n');
  });

  function ticked(list: string, text: string): string {
    writeFileSync(join(directory, 'list.md'), list);
    const shell = execFileSync('/bin/sh', ['-c', tickCommand('list.md', text)], {
      cwd: directory,
      stdio: 'pipe',
    });
    expect(shell.toString()).toBe('');
    return readFileSync(join(directory, 'list.md'), 'utf8');
  }
});

const initializerPrompt = 'Task directory: .autonomous/shop/\nRole: Initializer (session 1)\n';

function executorPrompt(number: number, text: string): string {
  return `Task directory: .autonomous/shop/\nRole: Executor (session 2)\nNext open step: ${number}. ${text}\n`;
}

function commandsOf(prompt: string): string[] {
  return allItems(prompt).flatMap((item) => (item.kind === 'command' ? [item.command] : []));
}

/** Everything the model says to a prompt if every tool succeeds. */
function allItems(prompt: string): ModelItem[] {
  const said: ModelItem[] = [];
  for (let answered = 0; ; answered++) {
    const answer = answerTo(prompt, answered);
    if (answer.kind !== 'items') throw new Error(`answered with ${answer.kind}`);
    said.push(...answer.items);
    if (answer.items.at(-1)?.kind === 'message') return said;
  }
}

function answerTo(
  prompt: string,
  answered = 0,
  output = 'Process exited with code 0\nOutput:\n',
): Answer {
  const outputs = Array.from({ length: answered }, () => ({
    type: 'function_call_output',
    output,
  }));
  const input = [{ type: 'message', role: 'user', content: prompt }, ...outputs];
  const request = readModelRequest(JSON.stringify({ input }))!;
  return scriptedWorker({ plans: new Map([['shop', plan]]) })(request);
}
