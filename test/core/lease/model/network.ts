// Messages between a machine and the hub: delayed, lost, doubled, overtaken, and held up or lost where the link is cut.
// A connection does not outlive a start of the hub: what is under way to it then never arrives.

import type { Random } from '../../../trials/outside/random.ts';
import type { EventQueue } from './event-queue.ts';
import type { Hub } from './hub.ts';
import type { Fault, Schedule } from './schedule.ts';

type Cut = { until: number; keeps: boolean };
type Way = 'to the hub' | 'from the hub';

const quickMs = 80;

export class Network {
  readonly #cuts = new Map<string, Cut>();
  readonly #given: { queue: EventQueue; random: Random; hub: Hub; schedule: Schedule };

  constructor(given: { queue: EventQueue; random: Random; hub: Hub; schedule: Schedule }) {
    this.#given = given;
  }

  cut({ machine, way, forMs, keeps }: Extract<Fault, { kind: 'link is cut' }>): void {
    const { queue, schedule } = this.#given;
    const until = Math.min(queue.now + forMs, schedule.calmAt);
    const ways: readonly Way[] = way === 'both' ? ['to the hub', 'from the hub'] : [way];
    for (const one of ways) this.#cuts.set(`${machine} ${one}`, { until, keeps });
  }

  /** `atHub` happens for each copy of the request that arrives; its answer goes back as it came. */
  request<Answer>(
    machine: number,
    atHub: () => Answer | null,
    answered: (answer: Answer, connection: number) => void,
  ): void {
    const { hub } = this.#given;
    const { connection } = hub;
    this.#carry(machine, 'to the hub', () => {
      if (hub.isDown || hub.connection !== connection) return;
      const answer = atHub();
      if (answer !== null) this.push(machine, () => answered(answer, connection));
    });
  }

  /** From the hub, unasked or as an answer. */
  push(machine: number, arrive: () => void): void {
    this.#carry(machine, 'from the hub', arrive);
  }

  #carry(machine: number, way: Way, arrive: () => void): void {
    const { queue, random, schedule } = this.#given;
    if (queue.now >= schedule.calmAt) {
      queue.plan(queue.now + random.next() * quickMs, arrive);
      return;
    }
    const copies = this.#happens(schedule.doubled) ? 2 : 1;
    const cut = this.#cuts.get(`${machine} ${way}`);
    const isCut = cut !== undefined && cut.until > queue.now;
    for (let copy = 0; copy < copies; copy++) {
      if (isCut && !cut.keeps) continue;
      if (this.#happens(schedule.lost)) continue;
      const lateMs = this.#happens(schedule.late) ? random.next() * schedule.lateMs : 0;
      const from = isCut ? cut.until : queue.now;
      queue.plan(from + random.next() * quickMs + lateMs, arrive);
    }
  }

  #happens(percent: number): boolean {
    return percent > 0 && this.#given.random.next() * 100 < percent;
  }
}
