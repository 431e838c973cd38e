// What befalls the machines of the trial, one thing each second: a machine loses its power or sleeps, or the hub does.

import { setTimeout as delay } from 'node:timers/promises';
import type { NatsServer } from '../../helpers/hub/nats-server.ts';
import type { Random } from '../outside/random.ts';
import type { Gone, Woken } from './judge.ts';
import type { Machine } from './machine.ts';
import type { Link } from './network.ts';

const plainKinds = ['kill', 'sleep', 'hub killed', 'hub frozen', 'hub older'] as const;
/** Only where each machine has a network of its own. */
export const cutKinds = ['cut', 'cut to the hub', 'cut from the hub'] as const;
export const faultKinds = [...plainKinds, ...cutKinds] as const;

export type FaultKind = (typeof faultKinds)[number];

type Befallen = {
  counts: Readonly<Record<FaultKind, number>>;
  woken: readonly Woken[];
  gone: readonly Gone[];
};

type Befalling = {
  machines: readonly Machine[];
  server: NatsServer;
  random: Random;
  seconds: number;
  kinds: readonly FaultKind[];
  /** For how long a machine stays away: longer than lease and margin, and until another one has a place for its tasks. */
  awayMs: number;
  say(line: string): void;
};

/** Longer than an answer is waited for, shorter than a lease. */
const frozenMs = 4000;
const fewestAtWork = 2;

/** Resolves when all machines and the hub are back. */
export async function befall(befalling: Befalling): Promise<Befallen> {
  const { machines, server, random, seconds, kinds, awayMs, say } = befalling;
  const counts: Record<FaultKind, number> = {
    ...{ kill: 0, sleep: 0, 'hub killed': 0, 'hub frozen': 0, 'hub older': 0 },
    ...{ cut: 0, 'cut to the hub': 0, 'cut from the hub': 0 },
  };
  const woken: Woken[] = [];
  const gone: Gone[] = [];
  const isNow = ({ name: machine }: Machine, what: Gone['what']): void =>
    void gone.push({ machine, at: performance.now(), what });
  const away = new Set<Machine>();
  const back: Promise<void>[] = [];
  const goAway = (machine: Machine, comeBack: () => void): void => {
    away.add(machine);
    const returned = delay(awayMs).then(() => {
      away.delete(machine);
      isNow(machine, 'back');
      comeBack();
    });
    back.push(returned);
  };
  const older = await server.keepStore();

  const cutOff =
    (link: Link) =>
    (victim: Machine): Promise<void> => {
      victim.host?.cut(link);
      isNow(victim, 'gone');
      goAway(victim, () => victim.host?.mend());
      return Promise.resolve();
    };
  const faults: Record<FaultKind, (victim: Machine) => Promise<void>> = {
    kill: async (victim) => {
      await victim.kill();
      isNow(victim, 'gone');
      if (random.next() < 0.5 || machines.length - away.size <= fewestAtWork) {
        isNow(victim, 'back');
        victim.begin();
      } else goAway(victim, victim.begin);
    },
    sleep: (victim) => {
      victim.freeze();
      isNow(victim, 'gone');
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
    cut: cutOff('both ways'),
    'cut to the hub': cutOff('to the hub'),
    'cut from the hub': cutOff('from the hub'),
  };

  for (let second = 0; second < seconds; second++) {
    await delay(1000);
    const atWork = machines.filter((machine) => !away.has(machine));
    const possible = kinds.filter(
      (kind) =>
        (!(kind === 'sleep' || isCut(kind)) || atWork.length > fewestAtWork) &&
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
  return { counts, woken, gone };
}

function isCut(kind: FaultKind): boolean {
  return cutKinds.some((cut) => cut === kind);
}
