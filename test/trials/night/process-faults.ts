// Faults of processes: kill -9 of every kind of process at a random moment of its work, and frozen processes. Signals
// go only to pids that the process table showed as ours.

import { setTimeout as delay } from 'node:timers/promises';
import type { Moment } from '../outside/asked.ts';
import type { SeenProcess } from '../outside/process-watch.ts';
import { startInPipe } from '../outside/program.ts';
import type { Blow, FaultKind } from './fault.ts';
import { firstBackOffMs, nightSettings } from './settings.ts';
import { signal } from './stopped-process.ts';

const anyMoment: readonly Moment[] = ['start', 'work', 'tick', 'end'];
/** Longer than a session may be silent: a runner that wakes up must not take its own sleep for a stall. */
const sleepMs = nightSettings.silentSeconds * 1000 + 2500;

export const processFaults: readonly FaultKind[] = [
  {
    ...ofProcesses('runner killed'),
    most: 1,
    strike: (blow) => {
      killSoon(blow, () => runnerOf(blow));
      return null;
    },
  },
  {
    ...ofProcesses('Codex killed'),
    session: 'ends',
    imposes: { dyingMs: 500, waitMs: firstBackOffMs },
    strike: (blow) => killNow(blow, [sessionProcess(blow, 'codex')]),
  },
  {
    ...ofProcesses("Codex's launcher killed"),
    // The kill comes a little later, and must still find the session.
    moments: ['start', 'work'],
    session: 'may end',
    imposes: { dyingMs: 500, waitMs: firstBackOffMs },
    strike: (blow) => {
      killSoon(blow, () => sessionProcess(blow, 'launcher'));
      return null;
    },
  },
  {
    // As when the machine runs out of memory: large processes are killed.
    ...ofProcesses('runner and Codex killed'),
    most: 1,
    session: 'ends',
    imposes: { dyingMs: 500, waitMs: firstBackOffMs },
    strike: (blow) => killNow(blow, [runnerOf(blow), sessionProcess(blow, 'codex')]),
  },
  {
    ...ofProcesses('dashboard killed'),
    strike: (blow) => {
      killSoon(blow, () => blow.night.keeper.seen());
      return null;
    },
  },
  {
    ...ofProcesses('runner frozen'),
    // Codex keeps working, and waits for the runner only when its turn is over.
    imposes: { dyingMs: 0, waitMs: sleepMs + 500 },
    strike: (blow) => {
      freeze(blow, async () => {
        // If it was killed a moment ago, the next one is on its way.
        const runner = await untilThere(blow.night, () => runnerOf(blow));
        return runner === null ? [] : [runner];
      });
      return null;
    },
  },
  {
    ...ofProcesses('machine asleep'),
    reach: 'account',
    imposes: { dyingMs: 0, waitMs: 1000 },
    strike: (blow) => {
      freeze(blow, () => {
        blow.night.watch.look();
        return Promise.resolve(blow.night.watch.living());
      });
      return null;
    },
  },
  {
    ...ofProcesses('a second runner'),
    needsWorkAfter: true,
    strike: ({ asked, fault, night, beside }) => {
      beside(async () => {
        // If the first runner was killed a moment ago, this one would be the first.
        await untilThere(night, () => night.runnerOf(asked.task));
        const args = ['--headless', '--task-name', asked.task, '--continue', ...night.place.access];
        const second = startInPipe(night.place, args);
        const { exitCode } = await second.ended;
        fault.evidence = `pid ${second.pid} came and went`;
        fault.answer = `it was refused with exit code ${exitCode}`;
        if (exitCode !== 75) fault.evidence = null;
      });
      return null;
    },
  },
];

function ofProcesses(name: string): Omit<FaultKind, 'strike'> {
  return {
    name,
    by: 'the machine',
    moments: anyMoment,
    session: 'spares',
    reach: 'task',
    imposes: { dyingMs: 0, waitMs: 0 },
  };
}

function runnerOf({ night, asked }: Blow): SeenProcess | null {
  return night.runnerOf(asked.task);
}

function sessionProcess({ night, fault }: Blow, kind: 'codex' | 'launcher'): SeenProcess | null {
  return fault.uuid === null ? null : night.processOf(fault.uuid, kind);
}

/** Kills some time after the request: while it is answered, while a command runs, or between two sessions. */
function killSoon(blow: Blow, victim: () => SeenProcess | null): void {
  const { fault, beside } = blow;
  beside(async () => {
    await delay(Math.round(fault.chance * 1500));
    // Between two sessions there may be none: then the next one is killed.
    const found = await untilThere(blow.night, victim);
    if (found !== null) await kill(blow, [found]);
  });
}

/** Null if none appears within ten seconds. */
async function untilThere(
  { watch }: Blow['night'],
  find: () => SeenProcess | null,
): Promise<SeenProcess | null> {
  for (let tries = 0; tries < 100; tries++) {
    watch.look();
    const found = find();
    if (found !== null) return found;
    await delay(100);
  }
  return null;
}

function killNow(blow: Blow, victims: readonly (SeenProcess | null)[]): null {
  const found = victims.filter((victim) => victim !== null);
  blow.beside(() => kill(blow, found));
  return null;
}

async function kill({ fault, night }: Blow, victims: readonly SeenProcess[]): Promise<void> {
  for (const { pid, uuid } of victims) {
    if (uuid !== null) night.mayTear.add(uuid);
    process.kill(pid, 'SIGKILL');
  }
  const isGone = (): boolean => {
    night.watch.look();
    const living = new Set(night.watch.living());
    return !victims.some((victim) => living.has(victim));
  };
  for (let tries = 0; tries < 50 && !isGone(); tries++) await delay(50);
  if (victims.length > 0 && isGone()) {
    fault.evidence = `${victims.map(({ kind, pid }) => `${kind} ${pid}`).join(' and ')} gone`;
  }
}

function freeze({ fault, beside }: Blow, whom: () => Promise<readonly SeenProcess[]>): void {
  beside(async () => {
    const frozen = await whom();
    for (const { pid } of frozen) signal(pid, 'SIGSTOP');
    await delay(sleepMs);
    for (const { pid } of frozen) signal(pid, 'SIGCONT');
    fault.mendedAt = Date.now();
    if (frozen.length > 0) fault.evidence = `${frozen.length} processes stood still`;
  });
}
