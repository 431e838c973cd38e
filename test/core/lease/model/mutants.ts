// Worlds in which one rule is broken: in the rules themselves, or in what an adapter tells. The model has to find two
// living Codex in each.

import type { LeaseDurations } from '../../../../source/core/lease/durations.ts';
import type { LeaseFact } from '../../../../source/core/lease/ownership.ts';

export type Mutant = {
  durations: Partial<LeaseDurations>;
  /** What a machine takes a fact for that it hears `now`. */
  hear: (fact: LeaseFact, now: number) => LeaseFact;
  /** Whether each start of the hub has a name of its own. */
  hasStarts: boolean;
};

export const sound: Mutant = { durations: {}, hear: (fact) => fact, hasStarts: true };

export const mutants: Readonly<Record<string, Mutant>> = {
  'a taker without the margin': { ...sound, durations: { marginMs: 0 } },

  'a warden that counts from the answer': {
    ...sound,
    hear: (fact, now) => (fact.kind === 'renewed' ? { ...fact, sentAt: now } : fact),
  },

  'a taker that does not ask once more after the silence': {
    ...sound,
    hear: (fact) => (fact.kind === 'heartbeat' ? { ...fact, askedAt: Infinity } : fact),
  },

  'machines that do not notice another start of the hub': { ...sound, hasStarts: false },

  'a taker that believes what was written in an earlier start of the hub': {
    ...sound,
    hear: (fact) => (fact.kind === 'record' ? believed(fact) : fact),
  },
};

function believed(fact: Extract<LeaseFact, { kind: 'record' }>): LeaseFact {
  const { hubStart, stored } = fact;
  if (stored.record === null) return fact;
  return { ...fact, stored: { ...stored, record: { ...stored.record, hubStart } } };
}
