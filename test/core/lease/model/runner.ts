// The runner of a machine: it carries out the effects of `step`, and writes the machine's heartbeats.

import {
  beginOwnership,
  type LeaseEffect,
  type LeaseFact,
  type Ownership,
} from '../../../../source/core/lease/ownership.ts';
import type { Seen } from '../../../../source/core/lease/seen.ts';
import { step } from '../../../../source/core/lease/step.ts';
import type { Host } from './host.ts';
import type { Mutant } from './mutants.ts';
import type { Warden } from './warden.ts';

export class Runner {
  ownership: Ownership;
  #connection = 0;
  #wakesAt = Infinity;
  #isAlive = true;
  readonly #host: Host;
  readonly #warden: Warden;
  readonly #mutant: Mutant;

  constructor(given: { host: Host; warden: Warden; mutant: Mutant; seen: Seen | null }) {
    const { host, warden, mutant, seen } = given;
    this.#host = host;
    this.#warden = warden;
    this.#mutant = mutant;
    this.ownership = { ...beginOwnership(warden.lease), seen };
  }

  begin(): void {
    const { world, durations } = this.#host;
    this.tell({ kind: 'time' });
    this.#host.later(world.random.next() * durations.heartbeatMs, () => this.#beat());
  }

  kill(): void {
    this.#isAlive = false;
  }

  /** `connection`: of what came from the hub. What came on an earlier one than the last is not read any more. */
  tell(fact: LeaseFact, connection?: number): void {
    if (!this.#isAlive) return;
    if (connection !== undefined && connection < this.#connection) return;
    this.#connection = connection ?? this.#connection;
    const { name, wants, world, durations } = this.#host;
    const before = this.ownership;
    const now = this.#host.local();
    const { ownership, effects } = step(before, this.#mutant.hear(fact, now), {
      task: 'task',
      machine: name,
      now,
      nonce: world.nonce(),
      wants,
      isAlone: true,
      codexLives: this.#warden.lives,
      durations,
    });
    this.ownership = ownership;
    if (isNews(before, ownership)) world.hasNews();
    for (const effect of effects) this.#carryOut(effect);
    this.#warden.follow(this.ownership.lease);
  }

  /** When the machine is awake. */
  hear(fact: LeaseFact, connection: number): void {
    this.#host.receive(() => this.tell(fact, connection));
  }

  #carryOut(effect: LeaseEffect): void {
    const { index, world } = this.#host;
    const { hub, network } = world;
    const told = (fact: LeaseFact, connection: number) => this.hear(fact, connection);
    switch (effect.do) {
      case 'wake': {
        if (effect.at >= this.#wakesAt || effect.at === Infinity) return;
        this.#wakesAt = effect.at;
        // A timer may come a rounding error too early.
        this.#host.later(Math.max(effect.at - this.#host.local(), 1), () => {
          this.#wakesAt = Infinity;
          this.tell({ kind: 'time' });
        });
        return;
      }
      case 'read record': {
        const read = (): LeaseFact => ({ kind: 'record', hubStart: hub.start, stored: hub.stored });
        network.request(index, read, told);
        return;
      }
      case 'read heartbeat': {
        const { machine } = effect;
        const askedAt = this.#host.local();
        network.request(
          index,
          (): LeaseFact => {
            const revision = hub.heartbeatOf(world.indexOf(machine));
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
          index,
          () => ({ isStored: world.write(write), stored: hub.stored, hubStart: hub.start }),
          ({ isStored, stored, hubStart }, connection) => {
            if (isStored) told({ kind: 'record', hubStart, stored }, connection);
            else this.#host.receive(() => this.#isAlive && this.#carryOut({ do: 'read record' }));
          },
        );
        return;
      }
    }
  }

  #beat(): void {
    if (!this.#isAlive) return;
    const { index, world, durations } = this.#host;
    const { network, hub } = world;
    const sentAt = this.#host.local();
    if (this.#connection === hub.connection) {
      network.request(
        index,
        (): LeaseFact => {
          world.beat(index);
          return { kind: 'renewed', hubStart: hub.start, sentAt };
        },
        (fact, answered) => this.hear(fact, answered),
      );
    }
    this.#host.later(durations.heartbeatMs, () => this.#beat());
  }
}

function isNews({ seen: before }: Ownership, { seen: after }: Ownership): boolean {
  return (
    before?.hubStart !== after?.hubStart ||
    before?.stored.revision !== after?.stored.revision ||
    before?.heartbeat?.revision !== after?.heartbeat?.revision
  );
}
