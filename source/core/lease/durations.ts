// How long a lease lasts, and what follows from it. The same for all machines of a hub: they are passed in, so that a
// trial with real processes can use shorter ones, but two machines with different ones break the law.
//
// The law: at most one Codex lives for a task. The owner's Codex is dead at the latest
//
//     leaseMs / (1 - drift) + wardenLookMs / (1 - drift) + killMs
//
// of true time after the owner sent the last heartbeat that was confirmed, because the owner's clock may be slow. A
// taker waits from when it saw that heartbeat, which is later than when it was sent, at least
//
//     (leaseMs + marginMs) / (1 + drift)
//
// because its clock may be fast. So the margin has to be at least 2 · drift · leaseMs / (1 - drift), and what it takes
// to end Codex. With clocks that are wrong by one percent, a look of the warden each half second and half a second for
// a SIGKILL that is: 0.6 + 0.5 + 0.5 = 1.6 s. The rest of the 5 s is for a busy machine, where the warden looks late:
// it may be 3.3 s late. One percent is 20 times what NTP slews a clock by (500 ppm); clocks may be wrong by 6 % if the
// warden looks in time.

export type LeaseDurations = {
  /** How long a confirmed heartbeat holds, counted from before it was sent. */
  leaseMs: number;
  /**
   * The same at the owner of a task that no other machine may ever take: without end, since there is nobody to make room for.
   * Absent: `leaseMs`.
   */
  holdMs?: number;
  /** From one heartbeat of a machine to the next: two may be lost before a lease ends. */
  heartbeatMs: number;
  /** How much longer than the lease a taker waits, on its own clock. */
  marginMs: number;
  /** How long before the end of the lease Codex is asked to end (SIGINT), so that its conversation can be resumed. */
  interruptMs: number;
  /** From one look of the warden at the clock to the next; the first one after a machine wakes comes no later. */
  wardenLookMs: number;
  /**
   * From one look at the hub to the next, beside the watches: after a restart of the server, watches can stay silent for
   * good (measured: 57 % of the lines never came).
   */
  lookMs: number;
  /** After so long without an answer, the hub is asked what became of a write. */
  answerMs: number;
};

/**
 * Measured with the first three, by 6 workers with 20 tasks and `kill -9` of a random worker each second: none lost, no two
 * Codex for one. Without a warden, a Codex that outlived its runner lived beside another 7 and 18 times in 30 s.
 */
export const leaseDurations: LeaseDurations = {
  leaseMs: 30_000,
  heartbeatMs: 10_000,
  marginMs: 5_000,
  interruptMs: 5_000,
  wardenLookMs: 500,
  lookMs: 5_000,
  answerMs: 1_500,
};

/** For a task that is pinned to its machine. */
export function pinnedDurations(durations: LeaseDurations): LeaseDurations {
  return { ...durations, holdMs: centuryMs };
}

const centuryMs = 100 * 365 * 24 * 3_600_000;
