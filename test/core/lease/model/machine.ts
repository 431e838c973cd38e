// One machine: its clock, its runner, its warden. Each of the two can be killed, and all can be frozen while the clock goes
// on.

import { leaseDurations, type LeaseDurations } from '../../../../source/core/lease/durations.ts';
import { hasEnded } from '../../../../source/core/lease/lease.ts';
import type { LeaseFact } from '../../../../source/core/lease/ownership.ts';
import type { Seen } from '../../../../source/core/lease/seen.ts';
import type { Host } from './host.ts';
import type { Mutant } from './mutants.ts';
import { Runner } from './runner.ts';
import { Warden } from './warden.ts';
import type { World } from './world.ts';

export class Machine implements Host {
  readonly index: number;
  readonly name: string;
  readonly world: World;
  readonly durations: LeaseDurations;
  wants = true;
  wokeAt = -Infinity;
  runner: Runner | null = null;
  /** By a runner before, or another process, since the machine started. */
  #seen: Seen | null = null;
  #isUp = true;
  #isFrozen = false;
  #bootedAt = 0;
  /** What would have happened while it was frozen. */
  #missed: { happen: () => void }[] = [];
  readonly #warden = new Warden(this);
  readonly #clock: number;
  readonly #mutant: Mutant;

  constructor(given: { index: number; clock: number; world: World; mutant: Mutant }) {
    const { index, clock, world, mutant } = given;
    this.index = index;
    this.name = `machine ${index}`;
    this.#clock = clock;
    this.world = world;
    this.#mutant = mutant;
    this.durations = { ...leaseDurations, ...mutant.durations };
    this.#bootedAt = -world.random.next() * 1e6;
  }

  get codexRuns(): boolean {
    return this.#warden.codexLives && !this.#isFrozen;
  }

  get canTalk(): boolean {
    return this.runner !== null && !this.#isFrozen;
  }

  get owns(): boolean {
    const lease = this.runner?.ownership.lease ?? null;
    return this.canTalk && lease !== null && !hasEnded(lease, this.local());
  }

  startRunner(): void {
    if (!this.#isUp || this.runner !== null) return;
    const seen = this.world.random.next() < 0.5 ? this.#seen : null;
    this.runner = new Runner({ host: this, warden: this.#warden, mutant: this.#mutant, seen });
    this.world.hasNews();
    this.runner.begin();
  }

  killRunner(): void {
    this.#seen = this.runner?.ownership.seen ?? this.#seen;
    this.runner?.kill();
    this.runner = null;
  }

  killWarden(): void {
    this.#warden.kill();
  }

  freeze(forMs: number): void {
    if (this.#isFrozen || !this.#isUp) return;
    this.#isFrozen = true;
    const bootedAt = this.#bootedAt;
    this.world.queue.plan(this.world.queue.now + forMs, () => {
      if (this.#bootedAt === bootedAt) this.#wake();
    });
  }

  kill(): void {
    this.#isUp = false;
    this.#isFrozen = false;
    this.#missed = [];
    this.killRunner();
    this.#warden.vanish();
    this.#seen = null;
  }

  boot(): void {
    if (this.#isUp) return;
    this.#isUp = true;
    this.#bootedAt = this.world.queue.now;
    this.startRunner();
  }

  tell(fact: LeaseFact): void {
    this.runner?.tell(fact);
  }

  tellLater(): void {
    this.later(0, () => this.tell({ kind: 'time' }));
  }

  hint(fact: LeaseFact, connection: number): void {
    this.runner?.hear(fact, connection);
  }

  #wake(): void {
    const { queue, random } = this.world;
    this.#isFrozen = false;
    this.wokeAt = queue.now;
    this.world.hasNews();
    const missed = this.#missed;
    this.#missed = [];
    for (const { happen } of missed)
      this.later(random.next() * this.durations.wardenLookMs, happen);
    this.world.judge();
  }

  later(delayMs: number, happen: () => void): void {
    const { queue } = this.world;
    const bootedAt = this.#bootedAt;
    const onlyThen = () => {
      if (this.#bootedAt === bootedAt && this.#isUp) this.receive(happen);
    };
    queue.plan(queue.now + Math.max(delayMs, 0) / this.#clock, onlyThen);
  }

  receive(happen: () => void): void {
    if (!this.#isUp) return;
    if (this.#isFrozen) this.#missed.push({ happen });
    else happen();
  }

  local(): number {
    return (this.world.queue.now - this.#bootedAt) * this.#clock;
  }
}
