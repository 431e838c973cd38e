import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { JsonObject } from '../../../source/core/json/json.ts';
import type { Wait } from '../../../source/core/run/run.ts';
import { requestPermit } from '../../../source/engine/permit/permit.ts';
import { keepReserve, type Reserve } from '../../../source/engine/permit/reserve.ts';
import { machineDirectory } from '../../../source/system/state/machine-directory.ts';
import { HandClock } from '../../helpers/hand-clock.ts';
import { until } from '../../helpers/until.ts';

// Real files, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let home = '';
let clock: HandClock;
let answer: JsonObject | null;
let timesAsked = 0;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'reserve-'));
  clock = new HandClock();
  answer = null;
  timesAsked = 0;
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const minute = 60_000;
const machine = () => machineDirectory(home, { CODEX_HOME: home });
const used = (usedPercent: number): JsonObject => ({
  rateLimits: {
    primary: { usedPercent, windowDurationMins: 300, resetsAt: (clock.now() + 60 * minute) / 1000 },
  },
});

function reserveOf(percent: number): Reserve {
  const readRateLimits = (): Promise<JsonObject | null> => {
    timesAsked += 1;
    return Promise.resolve(answer);
  };
  return keepReserve(
    { clock, machine: machine(), codex: { readRateLimits } },
    { codex: '/usr/bin/codex', settings: { reservePercent: percent } },
  );
}

/** What it says once Codex was asked. */
async function said(reserve: Reserve): Promise<Wait | null> {
  const look = async (): Promise<{ wait: Wait | null } | null> => {
    const wait = await reserve.heldBack();
    return wait === 'asking' ? null : { wait };
  };
  const { wait } = await until('an answer', look, { everyMs: 5, timeoutMs: 30_000 });
  return wait;
}

describe('a reserve', () => {
  test('holds sessions back of all runs on the machine, and Codex is asked every five minutes', async () => {
    answer = used(85);
    const resetsAt = clock.now() + 60 * minute;
    const held = { reason: 'reserve', until: resetsAt, sentence: 'reserve of 20%: 15% left' };
    expect(await said(reserveOf(20))).toEqual(held);
    expect(await said(reserveOf(20))).toEqual(held);
    expect(await said(reserveOf(10))).toBeNull();
    expect(timesAsked).toBe(1);
    clock.turn(5 * minute);
    answer = used(75);
    expect(await said(reserveOf(20))).toBeNull();
    expect(timesAsked).toBe(2);
  });

  test('asks nothing while it is off', async () => {
    answer = used(100);
    expect(await reserveOf(0).heldBack()).toBeNull();
    expect(timesAsked).toBe(0);
  });

  test.each<[string, () => JsonObject | null]>([
    ['nothing', () => null],
    ['nonsense', () => used(1000)],
  ])('holds nothing back where Codex answers %s', async (_, answers) => {
    answer = answers();
    const reserve = reserveOf(99);
    expect(await said(reserve)).toBeNull();
    expect(await said(reserve)).toBeNull();
    expect(timesAsked).toBe(1);
  });

  test('is ignored until the window resets once the user goes on', async () => {
    answer = used(85);
    const reserve = reserveOf(20);
    await said(reserve);
    reserve.ignore();
    clock.turn(59 * minute);
    expect(await reserve.heldBack()).toBeNull();
    clock.turn(minute);
    answer = used(90);
    expect(await said(reserve)).toMatchObject({ sentence: 'reserve of 20%: 10% left' });
  });

  test('takes no slot while it holds a session back, which starts once the user goes on', async () => {
    answer = used(85);
    const deps = { clock, machine: machine() };
    const waits: Wait[] = [];
    const reserve = reserveOf(20);
    await said(reserve);
    const held = requestPermit(deps, { atOnce: 1, reserve, waits: (wait) => waits.push(wait) });
    await until('a wait', () => waits.length > 0, { everyMs: 5 });
    expect(waits).toMatchObject([{ reason: 'reserve', sentence: 'reserve of 20%: 15% left' }]);
    const other = requestPermit(deps, { atOnce: 1, waits: () => {} });
    (await other.given).release();
    held.hurry();
    (await held.given).release();
    expect(waits).toHaveLength(1);
  });
});
