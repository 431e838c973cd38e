import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failureOf } from '../../../source/core/failure/failure.ts';
import { lookAgainMs } from '../../../source/core/codex/reset-time.ts';
import type { Coordination } from '../../../source/engine/coordination/coordination.ts';
import { noteLimit } from '../../../source/engine/permit/permit.ts';
import type { RunnerDeps } from '../../../source/engine/run/runner-deps.ts';
import { parkAccount } from '../../../source/engine/session/account.ts';
import {
  machineDirectory,
  type MachineDirectory,
} from '../../../source/system/state/machine-directory.ts';
import { HandClock } from '../../helpers/hand-clock.ts';

const marginMs = 90_000;

let home = '';
let machine: MachineDirectory;
let clock: HandClock;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'account-'));
  machine = machineDirectory(home, { CODEX_HOME: home });
  clock = new HandClock();
});

afterEach(() => rm(home, { recursive: true, force: true }));

/** A session ends with the limit, and its log was written just now. Returns how long all sessions wait, ms. */
async function meetLimit(when: string): Promise<number> {
  const message = `You’ve hit your usage limit. Try again at ${when}.`;
  const failure = failureOf({
    ...{ message, stderr: '', sandboxTrouble: null },
    ...{ exitCode: 1, signal: null },
  });
  const state = { outputChangedAt: () => Promise.resolve(clock.now()) };
  const coordination: Pick<Coordination, 'readLimit' | 'noteLimit'> = {
    readLimit: () => machine.readLimit(),
    noteLimit: (limit) => noteLimit({ clock, machine }, limit),
  };
  const deps = { clock, state, coordination } as unknown as RunnerDeps;
  const session = { uuid: '7d0e', output: 'own file' } as const;
  await parkAccount(failure, { deps, settings: { resetMarginMs: marginMs }, session });
  return (await machine.readLimit())!.until - clock.now();
}

function inAnHour(): string {
  const at = new Date(clock.now() + 3_600_000);
  const hour = at.getHours() % 12 || 12;
  return `${hour}:${String(at.getMinutes()).padStart(2, '0')} ${at.getHours() < 12 ? 'AM' : 'PM'}`;
}

describe('a limit whose time has passed', () => {
  test('is tested less and less often while it still holds', async () => {
    const waits: number[] = [];
    for (let look = 0; look < 12; look++) {
      const waitMs = await meetLimit('Jan 1st, 2026 1:00 PM');
      waits.push(waitMs);
      clock.turn(waitMs);
    }
    expect(waits.slice(0, 4)).toEqual([1, 2, 4, 8].map((times) => times * marginMs));
    expect(waits.at(-1)).toBe(lookAgainMs);
  });

  test('counts once, however many sessions met it', async () => {
    expect(await meetLimit('Jan 1st, 2026 1:00 PM')).toBe(marginMs);
    clock.turn(5000);
    expect(await meetLimit('Jan 1st, 2026 1:00 PM')).toBe(marginMs);
  });

  test('is tested soon again after a time that was right', async () => {
    for (let look = 0; look < 3; look++) clock.turn(await meetLimit('Jan 1st, 2026 1:00 PM'));
    // Codex gives only the minute.
    const waitMs = 3_600_000 - (clock.now() % 60_000) + marginMs;
    expect(await meetLimit(inAnHour())).toBe(waitMs);
    clock.turn(waitMs);
    expect(await meetLimit('Jan 1st, 2026 1:00 PM')).toBe(2 * marginMs);
  });
});
