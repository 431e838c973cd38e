// The hub: one record with compare-and-set, a heartbeat for each machine, one counter of revisions for all. A restart draws
// a new name, and may bring back what was there some changes ago, the counter, too.

import type { LeaseWrite, Stored } from '../../../../source/core/lease/lease-record.ts';

type State = { revision: number; stored: Stored; heartbeats: readonly number[] };

const kept = 12;

export class Hub {
  isDown = false;
  /** Counts the starts: what was sent on the connection to an earlier one is gone. */
  connection = 1;
  #state: State;
  #past: State[] = [];

  readonly #hasStarts: boolean;

  constructor({ machines, hasStarts }: { machines: number; hasStarts: boolean }) {
    this.#hasStarts = hasStarts;
    const record = { task: 'task', owner: null, epoch: 0, nonce: 'none', hubStart: this.start };
    this.#state = {
      revision: 1,
      stored: { record, revision: 1 },
      heartbeats: Array.from({ length: machines }, () => 0),
    };
  }

  get start(): string {
    return this.#hasStarts ? `start ${this.connection}` : 'hub';
  }

  get stored(): Stored {
    return this.#state.stored;
  }

  heartbeatOf(machine: number): number {
    return this.#state.heartbeats[machine]!;
  }

  /** False: refused. */
  write({ expected, record }: LeaseWrite): boolean {
    if (expected !== this.#state.stored.revision) return false;
    const revision = this.#state.revision + 1;
    this.#change({ ...this.#state, revision, stored: { record, revision } });
    return true;
  }

  beat(machine: number): void {
    const revision = this.#state.revision + 1;
    const heartbeats = this.#state.heartbeats.with(machine, revision);
    this.#change({ ...this.#state, revision, heartbeats });
  }

  restart(forgotten: number): void {
    this.connection += 1;
    if (forgotten === 0 || this.#past.length === 0) return;
    const index = Math.max(this.#past.length - forgotten, 0);
    this.#state = this.#past[index]!;
    this.#past = this.#past.slice(0, index);
  }

  #change(state: State): void {
    this.#past.push(this.#state);
    if (this.#past.length > kept) this.#past.shift();
    this.#state = state;
  }
}
