import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CodexHome, writeCodexHome } from '../../source/demo/codex-home.ts';
import { faults, usageLimit } from '../../source/demo/faults.ts';
import { message } from '../../source/demo/responses-api.ts';
import {
  type Answer,
  type JournalEntry,
  type ScriptedModel,
  startScriptedModel,
} from '../../source/demo/scripted-model.ts';
import { type CodexResult, failureIn, runSession } from '../helpers/codex.ts';
import { makeWorkspace, type Workspace } from '../helpers/workspace.ts';

let workspace: Workspace;
let model: ScriptedModel;
let answer: () => Answer;
let journalBefore: number;

beforeAll(async () => {
  workspace = await makeWorkspace();
  model = await startScriptedModel({ answer: () => answer() });
});

afterAll(async () => {
  await model.stop();
  await workspace.remove();
});

beforeEach(() => {
  journalBefore = model.journal.length;
});

describe('Codex ends a turn that fails with', () => {
  const impatience = { streamMaxRetries: 0, requestMaxRetries: 0 };
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
    // Only a stream that is silent on purpose may run into it, however slow the machine is.
    const idle = fault === faults.silence ? { streamIdleTimeoutMs: 500 } : {};
    const { exitCode, lines } = await sessionWith({ ...impatience, ...idle });
    expect(failureIn(lines)).toMatch(words);
    expect(exitCode).toBe(1);
    expect(journal()).toMatchObject([{ answer: fault.kind }]);
  });
});

test.each<[string, Answer, number]>([
  ['a cut stream is retried once', faults.streamCut, 2],
  ['a 500 is retried twice, and then all of that once more', faults.serverError, 6],
])('with one retry of a stream and two of a request, %s', async (_law, fault, asked) => {
  answer = () => fault;
  await sessionWith({ streamMaxRetries: 1, requestMaxRetries: 2 });
  expect(journal()).toHaveLength(asked);
});

test('a broken stream that recovers is not a failure', async () => {
  answer = () =>
    journal().length === 0 ? faults.streamCut : { kind: 'items', items: [message('Back.')] };
  const { exitCode, lines } = await sessionWith({ streamMaxRetries: 1 });
  expect(exitCode).toBe(0);
  expect(failureIn(lines)).toBeNull();
});

async function sessionWith(patience: Omit<CodexHome, 'url'>): Promise<CodexResult> {
  await writeCodexHome(workspace.codexHome, { url: model.url, ...patience });
  return runSession(workspace, { prompt: 'Go on.' });
}

function journal(): readonly JournalEntry[] {
  return model.journal.slice(journalBefore);
}
