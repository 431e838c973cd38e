import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { promptFor } from '../../../source/core/codex/prompt.ts';
import type { ModelRequest } from '../../../source/demo/model-request.ts';
import { directNight } from './director.ts';
import { faultKinds } from './kinds.ts';
import type { NightDeps } from './night-deps.ts';

/** The request of an executor that is about to do the work of a step. */
function workOn(step: number): ModelRequest {
  const prompt = promptFor({
    role: 'executor',
    taskName: 'alpha',
    description: '',
    session: step,
    nextStep: { number: step, text: `Do part ${step}` },
    progress: { done: step - 1, total: 9 },
    resumed: false,
    additions: [],
  });
  const toolOutputs = [{ text: '', failed: false }];
  const known = { model: '', threadId: null, bodyLength: 0 };
  const rest = { items: [], userMessages: [], turn: 1, ...known };
  return { prompt, toolOutputs, ...rest };
}

test('a fault that finds nothing to break strikes at the next place that fits', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'director-'));
  const log = join(directory, 'session.log');
  const kind = faultKinds.find(({ name }) => name === 'session.log truncated')!;
  const night = {
    place: { taskPath: () => directory },
    uuidOf: () => null,
    runnerOf: () => null,
    tookFromLog: () => {},
  } as unknown as NightDeps;
  const director = directNight({
    faults: [{ number: 1, kind, task: 'alpha', step: 1, moment: 'work', chance: 0 }],
    steps: 9,
    worker: () => ({ kind: 'items', items: [] }),
    night: () => night,
  });
  try {
    await director.answer(workOn(1));
    writeFileSync(log, '');
    await director.answer(workOn(2));
    expect(director.struck).toEqual([]);
    writeFileSync(log, 'a line\n');
    await director.answer(workOn(3));
    expect(director.struck).toMatchObject([{ evidence: '7 characters were taken' }]);
    expect(statSync(log).size).toBe(0);
    expect(director.waiting()).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
