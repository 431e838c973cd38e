// The whole protocol in a model: random faults, clocks that are wrong by one percent, messages delayed, lost, doubled and
// overtaken. `npm run lease-model` plays 100,000 schedules.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mutants } from './model/mutants.ts';
import { anySchedule } from './model/schedule.ts';
import { play } from './model/world.ts';

const numRuns = Number(process.env['LEASE_SCHEDULES'] ?? 4000);
const longestMs = 3_600_000;

describe('whatever befalls the machines, their links and the hub', () => {
  test(
    'at most one Codex lives for a task, but for the first second after a frozen machine wakes; and a task without owner finds one within lease, margin and 5 s',
    () => {
      let takeovers = 0;
      fc.assert(
        fc.property(anySchedule, (schedule) => {
          const trial = play(schedule);
          takeovers += trial.takeovers;
          expect(trial.broken).toEqual([]);
        }),
        { numRuns },
      );
      // The model shows nothing if machines do not take tasks from each other.
      expect(takeovers).toBeGreaterThan(numRuns / 10);
    },
    longestMs,
  );
});

describe('each rule is needed: two Codex live with', () => {
  test.each(Object.entries(mutants))('%s', (_, mutant) => {
    const found = fc.check(
      fc.property(anySchedule, (schedule) => play(schedule, mutant).broken.length === 0),
      { numRuns: 10_000, seed: 26, endOnFailure: true },
    );
    expect(found.failed).toBe(true);
    expect(play(found.counterexample![0], mutant).broken[0]).toMatch(/^Codex lived on/);
  });
});
