// Kills processes one by one at random moments, and some runners at the worst moment: just when they start a session.
// Only processes that the process table showed as ours are ever killed, by pid.

import { watch as watchFiles, type FSWatcher } from 'node:fs';
import { realpathSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { stateDirectory } from '../../../source/system/state/state-directory.ts';
import { stateHome } from '../../../source/system/state/state-files.ts';
import type { Keeper } from '../night/keeper.ts';
import type { TrialWorld } from '../outside/trial-world.ts';
import type { ProcessWatch } from '../outside/process-watch.ts';
import type { Random } from '../outside/random.ts';
import type { Starter } from './starter.ts';

export type Victim = 'runner' | 'runner at a start' | 'codex' | 'launcher' | 'dashboard';

export type Kill = { at: number; victim: Victim; pid: number };

export type Killer = {
  /** Waits for a random moment and kills a process of a random kind, if there is one. */
  killOne(): Promise<void>;
  kills(): readonly Kill[];
  /** Markers of the sessions whose Codex or launcher was killed. */
  sessionsKilled(): ReadonlySet<string>;
  close(): void;
};

export type Killing = {
  place: TrialWorld;
  watch: ProcessWatch;
  keeper: Keeper;
  starter: Starter;
  tasks: readonly string[];
  random: Random;
};

const shares: readonly Victim[] = [
  'runner',
  'runner',
  'runner at a start',
  'runner at a start',
  'runner at a start',
  'codex',
  'codex',
  'launcher',
  'dashboard',
  'dashboard',
];

export function createKiller(killing: Killing): Killer {
  const { watch, keeper, starter, random } = killing;
  const kills: Kill[] = [];
  const sessions = new Set<string>();
  const starts = watchStarts(killing);

  async function killOne(): Promise<void> {
    await delay(random.between(120, 420));
    const victim = random.pick(shares);
    const target = await find(victim);
    if (target === null) return;
    try {
      process.kill(target.pid, 'SIGKILL');
    } catch {
      return; // It ended by itself.
    }
    if (target.uuid !== null) sessions.add(target.uuid);
    kills.push({ at: Date.now(), victim, pid: target.pid });
  }

  async function find(victim: Victim): Promise<{ pid: number; uuid: string | null } | null> {
    switch (victim) {
      case 'runner':
        watch.look();
        return pickOf(runners());
      case 'runner at a start': {
        const task = await starts.next();
        if (task === null) return null;
        // The intent is written or being written; Codex is being started.
        await delay(random.between(0, 25));
        const found = runners().find((one) => one.task === task);
        return found ?? null;
      }
      case 'codex':
      case 'launcher':
        watch.look();
        return pickOf(watch.living(victim));
      case 'dashboard':
        return keeper.seen();
      default:
        return victim satisfies never;
    }
  }

  /** Detached runners, and those in the foreground. */
  function runners(): { pid: number; uuid: null; task: string | null }[] {
    const detached = watch.living('runner').map(({ pid, task }) => ({ pid, uuid: null, task }));
    return [...detached, ...starter.headless().map((one) => ({ ...one, uuid: null }))];
  }

  function pickOf<Found>(found: readonly Found[]): Found | null {
    return found.length === 0 ? null : random.pick(found);
  }

  return {
    killOne,
    kills: () => kills,
    sessionsKilled: () => sessions,
    close: starts.close,
  };
}

/**
 * A time, because no state says that no start will come: all may be at work, or dead. It is longer than the longest
 * back-off and than the time between two attempts to get a permit (a second each, see chaos.ts and leave.ts). If it is
 * too short, another victim is picked; the outcome is judged in the same way.
 */
const startsWithinMs = 1500;

/** Reports when a runner is about to start Codex: it has just written the prompt. */
function watchStarts({ place, tasks }: Killing): {
  next(): Promise<string | null>;
  close(): void;
} {
  let tell: (task: string) => void = () => {};
  const project = realpathSync(place.project);
  const watchers: FSWatcher[] = tasks.map((task) => {
    const { path } = stateDirectory(stateHome(place.env), project, task);
    return watchFiles(path, (_event, name) => {
      if (name === 'prompt.md') tell(task);
    });
  });
  return {
    next: () =>
      new Promise((resolve) => {
        const impatience = setTimeout(() => resolve(null), startsWithinMs);
        tell = (task) => {
          clearTimeout(impatience);
          resolve(task);
        };
      }),
    close: () => {
      for (const watcher of watchers) watcher.close();
    },
  };
}
