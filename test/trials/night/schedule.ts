// A night's faults, decided by a seed alone: which ones, for which task, from which step on. They strike by the
// progress of the work, not by time, so that the same seed plays the same night on any machine.

import { seededRandom, type Random } from '../outside/random.ts';
import type { FaultKind, PlannedFault } from './fault.ts';

export type NightPlan = {
  seed: number;
  tasks: readonly [string, string];
  steps: number;
  /** The task that has a check, which fails at random; null if there is none. */
  checked: string | null;
  faults: readonly PlannedFault[];
};

export type PlanCall = {
  seed: number;
  tasks: readonly [string, string];
  steps: number;
  kinds: readonly FaultKind[];
  count: number;
  checked: string | null;
};

export function planNight({ seed, tasks, steps, kinds, count, checked }: PlanCall): NightPlan {
  const random = seededRandom(seed);
  const chosen = [...random.shuffled(kinds)];
  // Each kind comes once before any comes again.
  while (chosen.length < count) {
    chosen.push(...random.shuffled(kinds.filter(({ most }) => most !== 1)));
  }
  const faults = spread(chosen.slice(0, count), { random, tasks, steps });
  return { seed, tasks, steps, checked, faults };
}

type Spreading = { random: Random; tasks: readonly [string, string]; steps: number };

/** Half of the faults for each task. Two that end a session are never at one step, or it would look like a stall. */
function spread(kinds: readonly FaultKind[], { random, tasks, steps }: Spreading): PlannedFault[] {
  const faults: PlannedFault[] = [];
  const sorts = [
    kinds.filter(({ session }) => session !== 'spares'),
    kinds.filter(({ session }) => session === 'spares'),
  ];
  for (const [index, sort] of sorts.entries()) {
    const shuffled = random.shuffled(sort);
    for (const [half, task] of tasks.entries()) {
      const own = early(
        shuffled.filter((_, place) => (place + index) % 2 === half),
        random,
      );
      const places = evenly(own.length, { random, steps });
      own.forEach((kind, place) => {
        const step = places[place]!;
        const moment = random.pick(kind.moments);
        faults.push({ number: 0, kind, task, step, moment, chance: random.next() });
      });
    }
  }
  faults.sort((one, other) => one.step - other.step);
  return faults.map((fault, place) => ({ ...fault, number: place + 1 }));
}

/** Account faults need both tasks undisturbed, which gets rarer towards the end, so none is in the last third. */
function early(kinds: readonly FaultKind[], random: Random): readonly FaultKind[] {
  const cut = Math.ceil((kinds.length * 2) / 3);
  const moved = [...kinds];
  for (let late = cut; late < moved.length; late++) {
    if (moved[late]!.reach !== 'account') continue;
    const others = Array.from({ length: cut }, (_, place) => place).filter(
      (place) => moved[place]!.reach !== 'account',
    );
    if (others.length === 0) break;
    const place = random.pick(others);
    [moved[late], moved[place]] = [moved[place]!, moved[late]!];
  }
  return moved;
}

/** Ascending steps from 1 to the last but two, spread as far as possible, each moved a little at random. */
function evenly(
  count: number,
  { random, steps }: { random: Random; steps: number },
): readonly number[] {
  const room = Math.max(1, steps - 2);
  return Array.from({ length: count }, (_, place) => {
    const from = (place * room) / count;
    const to = ((place + 1) * room) / count;
    return 1 + Math.min(room - 1, Math.floor(from + random.next() * (to - from)));
  });
}
