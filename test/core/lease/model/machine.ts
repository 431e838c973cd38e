// One machine: its clock, its runner, which carries out the effects of `step`, its warden and its Codex. Each can be killed,
// and all can be frozen while the clock goes on.

import { leaseDurations, type LeaseDurations } from '../../../../source/core/lease/durations.ts';
import {
  extended,
  hasEnded,
  wardenDecision,
  type Lease,
} from '../../../../source/core/lease/lease.ts';
import {
  beginOwnership,
  type LeaseEffect,
  type LeaseFact,
  type Ownership,
} from '../../../../source/core/lease/ownership.ts';
import { step } from '../../../../source/core/lease/step.ts';
import type { Mutant } from './mutants.ts';
import type { World } from './world.ts';

/** From SIGKILL to the death of Codex, at most. With the warden's look this is less than the second after waking. */
const killMs = 400;
const spawnMs = 300;
const sessionMs = 40_000;

type Runner = { ownership: Ownership; connection: number; wakesAt: number };
type Warden = { lease: Lease; hasInterrupted: boolean };
type Codex = { isDying: boolean };

export class Machine {
  readonly index: number;
  readonly name: string;
  wants = true;
  wokeAt = -Infinity;
  runner: Runner | null = null;
  #warden: Warden | null = null;
  #codex: Codex | null = null;
  #isUp = true;
  #isFrozen = false;
  #bootedAt = 0;
  /** What would have happened while it was frozen. */
  #missed: { happen: () => void }[] = [];
  readonly #clock: number;
  readonly #world: World;
  readonly #mutant: Mutant;
  readonly #durations: LeaseDurations;

  constructor(given: { index: number; clock: number; world: World; mutant: Mutant }) {
    const { index, clock, world, mutant } = given;
    this.index = index;
    this.name = `machine ${index}`;
    this.#clock = clock;
    this.#world = world;
    this.#mutant = mutant;
    this.#durations = { ...leaseDurations, ...mutant.durations };
    this.#bootedAt = -world.random.next() * 1e6;
  }

  get codexRuns(): boolean {
    return this.#codex !== null && !this.#isFrozen;
  }

  get canTalk(): boolean {
    return this.runner !== null && !this.#isFrozen;
  }

  get owns(): boolean {
    const lease = this.runner?.ownership.lease ?? null;
    return this.canTalk && lease !== null && !hasEnded(lease, this.#local());
  }

  startRunner(): void {
    if (!this.#isUp || this.runner !== null) return;
    const lease = this.#warden?.lease ?? null;
    const ownership = beginOwnership(lease);
    const runner: Runner = { ownership, connection: 0, wakesAt: Infinity };
    this.runner = runner;
    this.#world.hasNews();
    this.tell({ kind: 'time' });
    this.#later(this.#world.random.next() * this.#durations.heartbeatMs, () => this.#beat(runner));
  }

  killRunner(): void {
    this.runner = null;
  }

  /** Codex is told of its parent's death by the kernel. */
  killWarden(): void {
    if (this.#warden === null) return;
    this.#warden = null;
    this.#kill(100);
  }

  freeze(forMs: number): void {
    if (this.#isFrozen || !this.#isUp) return;
    this.#isFrozen = true;
    const bootedAt = this.#bootedAt;
    this.#world.queue.plan(this.#world.queue.now + forMs, () => {
      if (this.#bootedAt === bootedAt) this.#wake();
    });
  }

  kill(): void {
    this.#isUp = false;
    this.#isFrozen = false;
    this.#missed = [];
    this.runner = null;
    this.#warden = null;
    this.#codex = null;
  }

  boot(): void {
    if (this.#isUp) return;
    this.#isUp = true;
    this.#bootedAt = this.#world.queue.now;
    this.startRunner();
  }

  /** `connection`: of what came from the hub. What came on an earlier one than the last is not read any more. */
  tell(fact: LeaseFact, connection?: number): void {
    const { runner } = this;
    if (runner === null) return;
    if (connection !== undefined && connection < runner.connection) return;
    runner.connection = connection ?? runner.connection;
    const before = runner.ownership;
    const now = this.#local();
    const { ownership, effects } = step(before, this.#mutant.hear(fact, now), {
      task: 'task',
      machine: this.name,
      now,
      nonce: this.#world.nonce(),
      wants: this.wants,
      codexLives: this.#warden !== null || this.#codex !== null,
      durations: this.#durations,
    });
    runner.ownership = ownership;
    if (isNews(before, ownership)) this.#world.hasNews();
    for (const effect of effects) this.#carryOut(effect, runner);
    this.#follow(runner.ownership.lease);
  }

  hint(fact: LeaseFact, connection: number): void {
    const { runner } = this;
    if (runner !== null) this.#receive(() => runner === this.runner && this.tell(fact, connection));
  }

  #carryOut(effect: LeaseEffect, runner: Runner): void {
    const { hub, network } = this.#world;
    const told = (fact: LeaseFact, connection: number) =>
      this.#receive(() => runner === this.runner && this.tell(fact, connection));
    switch (effect.do) {
      case 'wake': {
        if (effect.at >= runner.wakesAt || effect.at === Infinity) return;
        runner.wakesAt = effect.at;
        // A timer may come a rounding error too early.
        this.#later(Math.max(effect.at - this.#local(), 1), () => {
          if (runner !== this.runner) return;
          runner.wakesAt = Infinity;
          this.tell({ kind: 'time' });
        });
        return;
      }
      case 'read record': {
        const read = (): LeaseFact => ({ kind: 'record', hubStart: hub.start, stored: hub.stored });
        network.request(this.index, read, told);
        return;
      }
      case 'read heartbeat': {
        const { machine } = effect;
        const askedAt = this.#local();
        network.request(
          this.index,
          (): LeaseFact => {
            const revision = hub.heartbeatOf(this.#world.indexOf(machine));
            return { kind: 'heartbeat', hubStart: hub.start, machine, revision, askedAt };
          },
          told,
        );
        return;
      }
      case 'write': {
        const { write } = effect;
        // Never on a connection that the write was not made for.
        if (write.record.hubStart !== hub.start) return;
        network.request(
          this.index,
          () => ({ isStored: this.#world.write(write), stored: hub.stored, hubStart: hub.start }),
          ({ isStored, stored, hubStart }, connection) => {
            if (isStored) told({ kind: 'record', hubStart, stored }, connection);
            else
              this.#receive(
                () => runner === this.runner && this.#carryOut({ do: 'read record' }, runner),
              );
          },
        );
        return;
      }
    }
  }

  #beat(runner: Runner): void {
    if (runner !== this.runner) return;
    const { network, hub } = this.#world;
    const sentAt = this.#local();
    const { connection } = hub;
    if (runner.connection === connection) {
      network.request(
        this.index,
        (): LeaseFact => {
          this.#world.beat(this.index);
          return { kind: 'renewed', hubStart: hub.start, sentAt };
        },
        (fact, answered) =>
          this.#receive(() => runner === this.runner && this.tell(fact, answered)),
      );
    }
    this.#later(this.#durations.heartbeatMs, () => this.#beat(runner));
  }

  /** What the runner does by its lease: it tells the warden, starts Codex, or ends it. */
  #follow(lease: Lease | null): void {
    const warden = this.#warden;
    if (lease === null) {
      if (warden !== null || this.#codex !== null) this.#kill(killMs);
      return;
    }
    if (warden !== null) {
      const confirmation = { ...lease, sentAt: lease.endsAt - this.#durations.leaseMs };
      const { leaseMs } = this.#durations;
      warden.lease = extended(warden.lease, confirmation, {
        now: this.#local(),
        leaseMs,
      });
    } else if (this.#codex === null && this.wants) this.#startWarden(lease);
  }

  #startWarden(lease: Lease): void {
    const warden: Warden = { lease, hasInterrupted: false };
    this.#warden = warden;
    this.#later(this.#world.random.next() * spawnMs, () => {
      if (this.#warden !== warden) return;
      if (this.#decision(warden) === 'let it work') this.#startCodex();
      this.#look(warden);
    });
  }

  #startCodex(): void {
    const codex: Codex = { isDying: false };
    this.#codex = codex;
    this.#world.codexStarted();
    const { random } = this.#world;
    this.#later(random.next() * sessionMs, () => this.#codexEnds(codex));
  }

  #decision(warden: Warden) {
    return wardenDecision(warden.lease, { now: this.#local(), ...this.#durations });
  }

  #look(warden: Warden): void {
    if (this.#warden !== warden) return;
    const { random } = this.#world;
    const { interruptMs } = this.#durations;
    const decision = this.#decision(warden);
    if (decision === 'kill' || this.#codex === null) {
      this.#warden = null;
      this.#kill(killMs);
      return;
    }
    // Some end when they are asked to, some do not.
    if (decision === 'interrupt' && !warden.hasInterrupted && random.next() < 0.5) {
      const codex = this.#codex;
      this.#later(random.next() * 1000, () => this.#codexEnds(codex));
    }
    warden.hasInterrupted = decision === 'interrupt';
    const due = warden.lease.endsAt - (decision === 'interrupt' ? 0 : interruptMs);
    this.#later(due - this.#local() + this.#lookLate(), () => this.#look(warden));
  }

  #lookLate(): number {
    return this.#world.random.next() * this.#durations.wardenLookMs;
  }

  #kill(withinMs: number): void {
    const codex = this.#codex;
    if (codex === null) {
      this.#warden = null;
      this.tellLater();
      return;
    }
    if (codex.isDying) return;
    codex.isDying = true;
    this.#later(this.#world.random.next() * withinMs, () => this.#codexEnds(codex));
  }

  #codexEnds(codex: Codex): void {
    if (this.#codex !== codex) return;
    this.#codex = null;
    this.#warden = null;
    this.tell({ kind: 'time' });
  }

  tellLater(): void {
    this.#later(0, () => this.tell({ kind: 'time' }));
  }

  #wake(): void {
    const { queue } = this.#world;
    this.#isFrozen = false;
    this.wokeAt = queue.now;
    this.#world.hasNews();
    const missed = this.#missed;
    this.#missed = [];
    for (const { happen } of missed) this.#later(this.#lookLate(), happen);
    this.#world.judge();
  }

  /** In ms of this machine's clock, unless it is killed before; not while it is frozen. */
  #later(delayMs: number, happen: () => void): void {
    const { queue } = this.#world;
    const bootedAt = this.#bootedAt;
    const onlyThen = () => {
      if (this.#bootedAt === bootedAt && this.#isUp) this.#receive(happen);
    };
    queue.plan(queue.now + Math.max(delayMs, 0) / this.#clock, onlyThen);
  }

  #receive(happen: () => void): void {
    if (!this.#isUp) return;
    if (this.#isFrozen) this.#missed.push({ happen });
    else happen();
  }

  #local(): number {
    return (this.#world.queue.now - this.#bootedAt) * this.#clock;
  }
}

function isNews({ seen: before }: Ownership, { seen: after }: Ownership): boolean {
  return (
    before?.hubStart !== after?.hubStart ||
    before?.stored.revision !== after?.stored.revision ||
    before?.heartbeat?.revision !== after?.heartbeat?.revision
  );
}
