import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Wait } from '../../../source/core/run/run.ts';
import type { Permit, PermitRequest } from '../../../source/engine/coordination/coordination.ts';
import { requestPermit, permitOfAdopted, noteLimit } from '../../../source/engine/permit/permit.ts';
import {
  machineDirectory,
  type MachineDirectory,
} from '../../../source/system/state/machine-directory.ts';
import { HandClock } from '../../helpers/hand-clock.ts';
import { until } from '../../helpers/until.ts';

const soon = { everyMs: 5 };

let home = '';
let machine: MachineDirectory;
let clock: HandClock;
let leaves: Permit[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'leave-'));
  machine = machineDirectory(home, { CODEX_HOME: home });
  clock = new HandClock();
  leaves = [];
});

afterEach(async () => {
  for (const leave of leaves) leave.release();
  await rm(home, { recursive: true, force: true });
});

type Asker = { asking: PermitRequest; waits: Wait[]; leave(): Permit | null };

function ask(atOnce = 4): Asker {
  const waits: Wait[] = [];
  let given: Permit | null = null;
  const asking = requestPermit({ clock, machine }, { atOnce, waits: (wait) => waits.push(wait) });
  asking.given.then(
    (leave) => {
      given = leave;
      leaves.push(leave);
    },
    () => {},
  );
  return { asking, waits, leave: () => given };
}

/** Advances the clock until the permit is granted. */
async function givenTo(asker: Asker): Promise<Permit> {
  await until(
    'leave or a wait',
    () => {
      clock.turn(100);
      return asker.leave() !== null;
    },
    soon,
  );
  return asker.leave()!;
}

async function waitOf(asker: Asker): Promise<Wait> {
  await until(
    'leave or a wait',
    () => {
      clock.turn(100);
      return asker.waits.length > 0;
    },
    soon,
  );
  return asker.waits.at(-1)!;
}

describe('the permit to start', () => {
  test('is granted at once if nothing else runs', async () => {
    await givenTo(ask());
  });

  test('is granted to the next session only when the one before has begun to work', async () => {
    const first = await givenTo(ask());
    const second = ask();
    clock.turn(10_000);
    expect(second.leave()).toBeNull();
    first.hasStarted();
    await givenTo(second);
  });

  test('is granted to the next session if the one before hangs for half a minute', async () => {
    await givenTo(ask());
    const second = ask();
    clock.turn(25_000);
    expect(second.leave()).toBeNull();
    clock.turn(10_000);
    await givenTo(second);
  });

  test('is granted to the configured number at once; the others queue', async () => {
    const first = await givenTo(ask(2));
    first.hasStarted();
    (await givenTo(ask(2))).hasStarted();
    const third = ask(2);
    expect(await waitOf(third)).toEqual({ reason: 'turn', until: null });
    first.release();
    await givenTo(third);
  });

  test('that was granted after a withdrawal is released', async () => {
    const dropped = ask(1);
    dropped.asking.drop();
    await givenTo(ask(1));
  });
});

describe('an adopted session', () => {
  test('takes a slot as soon as one is free', async () => {
    const first = await givenTo(ask(1));
    first.hasStarted();
    const adopted = permitOfAdopted({ clock, machine }, 1);
    leaves.push(adopted);
    first.release();
    await until(
      'it has the slot',
      async () => {
        clock.turn(1000);
        const slot = await machine.takeSlot(1);
        slot?.release();
        return slot === null;
      },
      soon,
    );
    const next = ask(1);
    expect(await waitOf(next)).toEqual({ reason: 'turn', until: null });
    adopted.release();
    await givenTo(next);
  });
});

describe('a usage limit of the account', () => {
  const limit = (ms: number) =>
    noteLimit({ clock, machine }, { until: clock.now() + ms, said: '' });

  test('holds every session until its time, and then lets one test it first', async () => {
    await limit(60_000);
    const [first, second] = [ask(), ask()];
    expect(await waitOf(first)).toMatchObject({ reason: 'usage limit' });
    await waitOf(second);
    clock.turn(60_000);
    await until(
      'leave or a wait',
      () => {
        clock.turn(100);
        return first.leave() !== null || second.leave() !== null;
      },
      soon,
    );
    const [prober, other] = first.leave() === null ? [second, first] : [first, second];
    prober.leave()!.hasStarted();
    clock.turn(5000);
    expect(other.leave()).toBeNull();

    prober.leave()!.hasAnswered();
    await givenTo(other);
    expect(await machine.readLimit()).toBeNull();
  });

  test('that still holds after the test makes all wait again', async () => {
    await limit(1000);
    const prober = ask();
    const probing = await givenTo(prober);
    const newUntil = clock.now() + 90_000;
    await limit(90_000);
    probing.release();
    expect(await waitOf(ask())).toMatchObject({ until: newUntil });
  });

  test('is ignored by “try now”', async () => {
    await limit(60_000);
    const asker = ask();
    await waitOf(asker);
    asker.asking.hurry();
    await until('leave', () => asker.leave());
  });

  test('with an implausible time is tested every few hours', async () => {
    await machine.make();
    const forged = { until: clock.now() + 1e12, since: clock.now(), said: '', looksInVain: 0 };
    await machine.writeLimit(forged);
    const asker = ask();
    const wait = await waitOf(asker);
    expect(wait.until! - clock.now()).toBeLessThanOrEqual(4 * 3_600_000);
    clock.turn(4 * 3_600_000);
    await givenTo(asker);
  });

  test('does not make the wait longer when the clock is set back by a day', async () => {
    await limit(3_600_000);
    const asker = ask();
    await waitOf(asker);
    clock.set(clock.now() - 86_400_000);
    await until(
      'another time',
      () => {
        clock.turn(1000);
        return asker.waits.at(-1)!.until! - clock.now() <= 3_600_000;
      },
      soon,
    );
    expect(asker.leave()).toBeNull();
    clock.turn(3_600_000);
    await givenTo(asker);
  });

  test('does not make the wait longer for a runner that begins after the clock was set back', async () => {
    await limit(3_600_000);
    clock.set(clock.now() - 86_400_000);
    const asker = ask();
    await waitOf(asker);
    clock.turn(4 * 3_600_000);
    await givenTo(asker);
  });

  test('of another account does not hold this one', async () => {
    const other = machineDirectory(home, { CODEX_HOME: join(home, 'other') });
    await noteLimit({ clock, machine: other }, { until: clock.now() + 60_000, said: '' });
    await givenTo(ask());
  });
});
