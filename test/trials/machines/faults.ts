// What befalls the machines of the trial, one thing each second: a machine loses its power or sleeps, or the hub does.

import { setTimeout as delay } from 'node:timers/promises';
import type { NatsServer } from '../../helpers/hub/nats-server.ts';
import type { Random } from '../outside/random.ts';
import type { Woken } from './judge.ts';
import type { Machine } from './machine.ts';

export const faultKinds = ['kill', 'sleep', 'hub killed', 'hub frozen', 'hub older'] as const;

export type FaultKind = (typeof faultKinds)[number];

type Befallen = {
  counts: Readonly<Record<FaultKind, number>>;
  woken: readonly Woken[];
};

type Befalling = {
  machines: readonly Machine[];
  server: NatsServer;
  random: Random;
  seconds: number;
  kinds: readonly FaultKind[];
  say(line: string): void;
};

/** Longer than lease and margin, and what it takes another machine to go on. */
const awayMs = 70_000;
/** Longer than an answer is waited for, shorter than a lease. */
const frozenMs = 4000;
const fewestAtWork = 2;

/** Resolves when all machines and the hub are back. */
export async function befall(befalling: Befalling): Promise<Befallen> {
  const { machines, server, random, seconds, kinds, say } = befalling;
  const counts: Record<FaultKind, number> = {
    ...{ kill: 0, sleep: 0, 'hub killed': 0, 'hub frozen': 0, 'hub older': 0 },
  };
  const woken: Woken[] = [];
  const away = new Set<Machine>();
  const back: Promise<void>[] = [];
  const goAway = (machine: Machine, comeBack: () => void): void => {
    away.add(machine);
    const returned = delay(awayMs).then(() => {
      away.delete(machine);
      comeBack();
    });
    back.push(returned);
  };
  const older = await server.keepStore();

  const faults: Record<FaultKind, (victim: Machine) => Promise<void>> = {
    kill: async (victim) => {
      await victim.kill();
      if (random.next() < 0.5 || machines.length - away.size <= fewestAtWork) victim.begin();
      else goAway(victim, victim.begin);
    },
    sleep: (victim) => {
      victim.freeze();
      goAway(victim, () => {
        woken.push({ machine: victim.name, at: performance.now() });
        victim.wake();
      });
      return Promise.resolve();
    },
    'hub killed': async () => {
      await server.kill();
      await server.start();
    },
    'hub frozen': async () => {
      await server.freeze();
      await delay(frozenMs);
      server.thaw();
    },
    'hub older': async () => {
      await server.kill();
      await older();
      await server.start();
    },
  };

  for (let second = 0; second < seconds; second++) {
    await delay(1000);
    const atWork = machines.filter((machine) => !away.has(machine));
    const possible = kinds.filter(
      (kind) =>
        (kind !== 'sleep' || atWork.length > fewestAtWork) &&
        // What it forgets has to be written again first.
        (kind !== 'hub older' || counts[kind] === 0),
    );
    const kind = possible[Math.floor(random.next() * possible.length)] ?? 'kill';
    const victim = atWork[Math.floor(random.next() * atWork.length)]!;
    say(`${kind}${kind.startsWith('hub') ? '' : ` ${victim.name}`}`);
    await faults[kind](victim);
    counts[kind]++;
  }
  await Promise.all(back);
  return { counts, woken };
}
