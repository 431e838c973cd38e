// Two to four machines, one hub and one task, in true time. The machines run `step`; this runs everything else, and
// judges: whether two Codex lived at once, and whether the task found an owner after the faults were over.

import { leaseDurations } from '../../../../source/core/lease/durations.ts';
import type { LeaseWrite } from '../../../../source/core/lease/lease-record.ts';
import type { LeaseFact } from '../../../../source/core/lease/ownership.ts';
import { seededRandom, type Random } from '../../../trials/outside/random.ts';
import { EventQueue } from './event-queue.ts';
import { Hub } from './hub.ts';
import { Machine } from './machine.ts';
import { sound, type Mutant } from './mutants.ts';
import { Network } from './network.ts';
import type { Fault, Schedule } from './schedule.ts';

/** So long two may overlap after a frozen machine wakes. */
const wakingMs = 1000;
const takenWithinMs = leaseDurations.leaseMs + leaseDurations.marginMs + 5_000;
const checkMs = 500;
const longestCalmMs = 300_000;

export type Trial = { broken: string[]; sessions: number; takeovers: number };

/** What broke a law, in words; nothing if none was broken. */
export function play(schedule: Schedule, mutant: Mutant = sound): Trial {
  const world = new World(schedule, mutant);
  return world.play();
}

export class World {
  readonly queue = new EventQueue();
  readonly random: Random;
  readonly hub: Hub;
  readonly network: Network;
  readonly #machines: readonly Machine[];
  readonly #schedule: Schedule;
  readonly #trial: Trial = { broken: [], sessions: 0, takeovers: 0 };
  #newsAt: number;
  #nonces = 0;
  #isOver = false;
  #watches: boolean[];

  constructor(schedule: Schedule, mutant: Mutant) {
    this.#schedule = schedule;
    this.#newsAt = schedule.calmAt;
    this.random = seededRandom(schedule.seed);
    this.hub = new Hub({ machines: schedule.clocks.length, hasStarts: mutant.hasStarts });
    this.network = new Network({ queue: this.queue, random: this.random, hub: this.hub, schedule });
    this.#machines = schedule.clocks.map(
      (clock, index) => new Machine({ index, clock, world: this, mutant }),
    );
    this.#watches = this.#machines.map(() => true);
  }

  play(): Trial {
    for (const machine of this.#machines) {
      this.queue.plan(this.random.next() * 3000, () => machine.startRunner());
    }
    for (const fault of this.#schedule.faults) {
      this.queue.plan(fault.at, () => this.#befall(fault));
    }
    this.queue.plan(this.#schedule.calmAt, () => this.#calm());
    while (!this.#isOver && this.queue.step());
    return this.#trial;
  }

  indexOf(name: string): number {
    return this.#machines.findIndex((machine) => machine.name === name);
  }

  nonce(): string {
    return `nonce ${this.#nonces++}`;
  }

  /** A machine that can talk has seen something new. */
  hasNews(): void {
    this.#newsAt = Math.max(this.#newsAt, this.queue.now);
  }

  write(write: LeaseWrite): boolean {
    const owner = this.hub.stored.record?.owner ?? null;
    const isStored = this.hub.write(write);
    if (!isStored) return false;
    if (owner !== null && write.kind === 'claim' && write.record.owner !== owner)
      this.#trial.takeovers += 1;
    const { start: hubStart, stored } = this.hub;
    this.#hint({ kind: 'record', hubStart, stored });
    return true;
  }

  beat(index: number): void {
    this.hub.beat(index);
    const { name } = this.#machines[index]!;
    if (name !== this.hub.stored.record?.owner) return;
    const revision = this.hub.heartbeatOf(index);
    const news = { hubStart: this.hub.start, machine: name, revision, askedAt: null };
    this.#hint({ kind: 'heartbeat', ...news });
  }

  /** Watches are hints: of a blind one nothing comes. */
  #hint(fact: LeaseFact): void {
    const { connection } = this.hub;
    for (const machine of this.#machines) {
      if (!this.#watches[machine.index] || machine.runner === null) continue;
      this.network.push(machine.index, () => machine.hint(fact, connection));
    }
  }

  codexStarted(): void {
    this.#trial.sessions += 1;
    this.judge();
  }

  /** Called when a Codex begins to run: by its start, or because its machine woke. */
  judge(): void {
    const { now } = this.queue;
    const running = this.#machines.filter(({ codexRuns }) => codexRuns);
    if (running.length < 2) return;
    // Of the two that have been awake longest, the one that woke last.
    const [, woke] = running.map(({ wokeAt }) => wokeAt).sort((one, other) => one - other);
    const excusedUntil = woke! + wakingMs;
    if (now < excusedUntil) this.queue.plan(excusedUntil, () => this.judge());
    else {
      const names = running.map(({ name }) => name).join(' and ');
      this.#break(`Codex lived on ${names} at ${Math.round(now)} ms`);
    }
  }

  #break(sentence: string): void {
    this.#trial.broken.push(sentence);
    this.#isOver = true;
  }

  #befall(fault: Fault): void {
    if (fault.kind === 'hub restarts') {
      this.#restartHub(fault);
      return;
    }
    const machine = this.#machines[fault.machine % this.#machines.length]!;
    const after = (delayMs: number, happen: () => void) =>
      this.queue.plan(this.queue.now + delayMs, happen);
    switch (fault.kind) {
      case 'link is cut':
        this.network.cut({ ...fault, machine: machine.index });
        return;
      case 'machine freezes':
        machine.freeze(fault.forMs);
        return;
      case 'runner is killed':
        machine.killRunner();
        after(fault.forMs, () => machine.startRunner());
        return;
      case 'warden is killed':
        machine.killWarden();
        return;
      case 'machine is killed':
        machine.kill();
        after(fault.forMs, () => machine.boot());
        return;
      case 'machine has no place':
        machine.wants = false;
        after(fault.forMs, () => {
          machine.wants = true;
          this.hasNews();
          machine.tellLater();
        });
        return;
    }
  }

  #restartHub({ forMs, forgotten }: Extract<Fault, { kind: 'hub restarts' }>): void {
    this.hub.isDown = true;
    this.queue.plan(this.queue.now + forMs, () => {
      this.hub.isDown = false;
      this.hub.restart(forgotten);
      this.#watches = this.#watches.map((sees) => sees && this.random.next() < 0.5);
    });
  }

  #calm(): void {
    const { now } = this.queue;
    const { calmAt } = this.#schedule;
    if (this.#machines.some(({ owns }) => owns)) {
      // What else the schedule holds: a second owner would start its Codex now.
      this.queue.plan(now + 3_000, () => (this.#isOver = true));
      return;
    }
    if (!this.#machines.some(({ canTalk, wants }) => canTalk && wants)) this.#newsAt = now;
    if (now > this.#newsAt + takenWithinMs)
      this.#break(
        `No owner at ${Math.round(now)} ms, ${Math.round(now - this.#newsAt)} ms after the last news`,
      );
    else if (now > calmAt + longestCalmMs)
      this.#break(`No owner ${longestCalmMs} ms after the last fault`);
    else this.queue.plan(now + checkMs, () => this.#calm());
  }
}
