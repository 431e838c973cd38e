// What befalls the machines and the hub in one trial. Small values are tame, so that what breaks a law shrinks to the few
// faults that it needs.

import fc from 'fast-check';

export type Fault =
  | { kind: 'link is cut'; at: number; forMs: number; machine: number; way: Way; keeps: boolean }
  /** Runner, warden and Codex together; the clock goes on. */
  | { kind: 'machine freezes'; at: number; forMs: number; machine: number }
  | { kind: 'runner is killed'; at: number; forMs: number; machine: number }
  | { kind: 'warden is killed'; at: number; machine: number }
  | { kind: 'machine is killed'; at: number; forMs: number; machine: number }
  | { kind: 'machine has no place'; at: number; forMs: number; machine: number }
  /** `forgotten`: so many of the last changes. */
  | { kind: 'hub restarts'; at: number; forMs: number; forgotten: number };

/** Of the messages of a machine. */
type Way = 'to the hub' | 'from the hub' | 'both';

export type Schedule = {
  seed: number;
  /** How fast the clock of each machine goes: 1 is true time. */
  clocks: readonly number[];
  /** Of a message, in percent. */
  lost: number;
  doubled: number;
  late: number;
  /** A late message comes up to so much later. */
  lateMs: number;
  faults: readonly Fault[];
  /** After it there are no more faults, and each message arrives within 100 ms. */
  calmAt: number;
};

/** One percent: 20 times what NTP slews a clock by. */
export const clockDrift = 0.01;

const lastFaultAt = 100_000;

const at = fc.integer({ min: 0, max: lastFaultAt });
const machine = fc.nat(3);
/** Some shorter than a lease, more of them longer: those are what a take-over needs. */
const forMs = fc.oneof(fc.nat(5_000), fc.nat(40_000), fc.integer({ min: 25_000, max: 90_000 }));
const way = fc.constantFrom<Way>('to the hub', 'from the hub', 'both');

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    kind: fc.constant('link is cut' as const),
    ...{ at, forMs, machine, way },
    keeps: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('machine freezes' as const), at, forMs, machine }),
  fc.record({ kind: fc.constant('runner is killed' as const), at, forMs, machine }),
  fc.record({ kind: fc.constant('warden is killed' as const), at, machine }),
  fc.record({ kind: fc.constant('machine is killed' as const), at, forMs, machine }),
  fc.record({ kind: fc.constant('machine has no place' as const), at, forMs, machine }),
  fc.record({
    kind: fc.constant('hub restarts' as const),
    at,
    forMs: fc.nat(3_000),
    forgotten: fc.oneof(fc.constant(0), fc.nat(12)),
  }),
);

const clock = fc.constantFrom(1, 1 - clockDrift, 1 + clockDrift);
const percent = fc.oneof(fc.constant(0), fc.nat(25));

export const anySchedule: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  clocks: fc.array(clock, { minLength: 2, maxLength: 4 }),
  lost: percent,
  doubled: percent,
  late: fc.oneof(percent, fc.nat(70)),
  lateMs: fc.nat(25_000),
  faults: fc.array(fault, { minLength: 1, maxLength: 9 }),
  calmAt: fc.integer({ min: lastFaultAt, max: lastFaultAt + 30_000 }),
});
