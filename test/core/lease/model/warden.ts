// The warden of a machine and its Codex. Codex may outlive the warden for a moment, and it dies with the machine.

import { extended, wardenDecision, type Lease } from '../../../../source/core/lease/lease.ts';
import type { Host } from './host.ts';

/** From SIGKILL to the death of Codex, at most. With the warden's look this is less than the second after waking. */
const killMs = 400;
const orphanMs = 100;
const spawnMs = 300;
const sessionMs = 40_000;

type Watching = { lease: Lease; hasInterrupted: boolean };
type Codex = { isDying: boolean };

export class Warden {
  #watching: Watching | null = null;
  #codex: Codex | null = null;
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  get lease(): Lease | null {
    return this.#watching?.lease ?? null;
  }

  get codexLives(): boolean {
    return this.#codex !== null;
  }

  /** Itself or its Codex. */
  get lives(): boolean {
    return this.#watching !== null || this.#codex !== null;
  }

  /** What the runner does by its lease: it tells the warden, starts Codex, or ends it. */
  follow(lease: Lease | null): void {
    const { durations, wants } = this.#host;
    if (lease === null) {
      if (this.lives) this.#kill(killMs);
      return;
    }
    if (this.#watching !== null) {
      const { leaseMs } = durations;
      const confirmation = { ...lease, sentAt: lease.endsAt - leaseMs };
      const now = this.#host.local();
      this.#watching.lease = extended(this.#watching.lease, confirmation, { now, leaseMs });
    } else if (this.#codex === null && wants) this.#start(lease);
  }

  /** Codex is told of its parent's death by the kernel. */
  kill(): void {
    if (this.#watching === null) return;
    this.#watching = null;
    this.#kill(orphanMs);
  }

  /** The machine is off. */
  vanish(): void {
    this.#watching = null;
    this.#codex = null;
  }

  #start(lease: Lease): void {
    const watching: Watching = { lease, hasInterrupted: false };
    this.#watching = watching;
    this.#host.later(this.#random() * spawnMs, () => {
      if (this.#watching !== watching) return;
      if (this.#decision(watching) === 'let it work') this.#startCodex();
      this.#look(watching);
    });
  }

  #startCodex(): void {
    const codex: Codex = { isDying: false };
    this.#codex = codex;
    this.#host.world.codexStarted();
    this.#host.later(this.#random() * sessionMs, () => this.#codexEnds(codex));
  }

  #decision({ lease }: Watching) {
    return wardenDecision(lease, { now: this.#host.local(), ...this.#host.durations });
  }

  #look(watching: Watching): void {
    if (this.#watching !== watching) return;
    const { interruptMs } = this.#host.durations;
    const decision = this.#decision(watching);
    if (decision === 'kill' || this.#codex === null) {
      this.#watching = null;
      this.#kill(killMs);
      return;
    }
    // Some end when they are asked to, some do not.
    if (decision === 'interrupt' && !watching.hasInterrupted && this.#random() < 0.5) {
      const codex = this.#codex;
      this.#host.later(this.#random() * 1000, () => this.#codexEnds(codex));
    }
    watching.hasInterrupted = decision === 'interrupt';
    const due = watching.lease.endsAt - (decision === 'interrupt' ? 0 : interruptMs);
    const lateMs = this.#random() * this.#host.durations.wardenLookMs;
    this.#host.later(due - this.#host.local() + lateMs, () => this.#look(watching));
  }

  #kill(withinMs: number): void {
    const codex = this.#codex;
    if (codex === null) {
      this.#watching = null;
      this.#host.later(0, () => this.#host.tell({ kind: 'time' }));
      return;
    }
    if (codex.isDying) return;
    codex.isDying = true;
    this.#host.later(this.#random() * withinMs, () => this.#codexEnds(codex));
  }

  #codexEnds(codex: Codex): void {
    if (this.#codex !== codex) return;
    this.#codex = null;
    this.#watching = null;
    this.#host.tell({ kind: 'time' });
  }

  #random(): number {
    return this.#host.world.random.next();
  }
}
