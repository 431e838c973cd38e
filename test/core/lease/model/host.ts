// What a machine gives to its runner and its warden: its clock, and that nothing happens while it is off or frozen.

import type { LeaseDurations } from '../../../../source/core/lease/durations.ts';
import type { LeaseFact } from '../../../../source/core/lease/ownership.ts';
import type { World } from './world.ts';

export type Host = {
  index: number;
  name: string;
  /** It has a place for the task. */
  wants: boolean;
  world: World;
  durations: LeaseDurations;
  /** In ms of this machine's clock. */
  local(): number;
  /** In so many ms of this machine's clock, unless it is killed before; not while it is frozen. */
  later(delayMs: number, happen: () => void): void;
  /** At once, or when it wakes. */
  receive(happen: () => void): void;
  /** To the runner, if there is one. */
  tell(fact: LeaseFact): void;
};
