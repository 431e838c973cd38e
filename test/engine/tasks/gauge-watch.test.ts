import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../source/core/json/json.ts';
import type { UsageWindow } from '../../../source/core/limits/gauge.ts';
import { watchGauge } from '../../../source/engine/tasks/gauge-watch.ts';
import { machineDirectory } from '../../../source/system/state/machine-directory.ts';
import { HandClock } from '../../helpers/hand-clock.ts';
import { until } from '../../helpers/until.ts';

const minute = 60_000;
let home = '';
let clock: HandClock;
let answer: JsonObject | null;
let timesAsked = 0;
let windows: (UsageWindow | null)[];
let isNeeded = true;
let path: string | null;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'gauge-'));
  clock = new HandClock();
  [answer, timesAsked, windows, isNeeded, path] = [null, 0, [], true, '/usr/bin/codex'];
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const machine = () => machineDirectory(home, { CODEX_HOME: home });
const window = (usedPercent: number) => ({
  usedPercent,
  windowDurationMins: 300,
  resetsAt: (clock.now() + 60 * minute) / 1000,
});

function watch(): () => void {
  const readRateLimits = (): Promise<JsonObject | null> => {
    timesAsked += 1;
    return Promise.resolve(answer);
  };
  return watchGauge({
    deps: { clock, machine: machine(), codex: { readRateLimits } },
    codex: () => Promise.resolve(path),
    isNeeded: () => isNeeded,
    onWindow: (found) => windows.push(found),
  });
}

/** Half a minute passes, and the look of then is over. */
async function look(): Promise<UsageWindow | null> {
  const before = windows.length;
  clock.turn(minute / 2);
  await until('a look', () => windows.length > before, { everyMs: 5 });
  return windows.at(-1) ?? null;
}

describe('the gauge', () => {
  test('shows the fullest window, and asks Codex every ten minutes', async () => {
    answer = { rateLimits: { primary: window(62), secondary: window(80) } };
    const end = watch();
    expect(await look()).toMatchObject({ usedPercent: 80, resetsAt: clock.now() + 59.5 * minute });
    answer = { rateLimits: { primary: window(100), secondary: null } };
    for (let turn = 0; turn < 19; turn++) expect(await look()).toMatchObject({ usedPercent: 80 });
    expect(timesAsked).toBe(1);
    expect(await look()).toMatchObject({ usedPercent: 100 });
    expect(timesAsked).toBe(2);
    end();
  });

  test('takes what a run has asked meanwhile, and asks nothing', async () => {
    const gauge = [{ usedPercent: 5, windowMinutes: 300, resetsAt: null }];
    await machine().make();
    await machine().writeGauge({ askedAt: clock.now(), gauge });
    const end = watch();
    expect(await look()).toMatchObject({ usedPercent: 5 });
    expect(timesAsked).toBe(0);
    end();
  });

  test.each<[string, JsonObject | null]>([
    ['null', null],
    ['nonsense', { rateLimits: { primary: { usedPercent: 'much' } } }],
  ])('shows nothing where Codex answers %s', async (_what, said) => {
    answer = said;
    const end = watch();
    expect(await look()).toBeNull();
    end();
  });

  test('asks nothing where nobody is logged in', async () => {
    path = null;
    const end = watch();
    expect(await look()).toBeNull();
    expect(timesAsked).toBe(0);
    end();
  });

  test('asks nothing while no task is at work, and nothing once it has ended', () => {
    isNeeded = false;
    const end = watch();
    clock.turn(minute);
    isNeeded = true;
    end();
    clock.turn(minute);
    expect(clock.waiting).toBe(0);
    expect([timesAsked, windows]).toEqual([0, []]);
  });
});
