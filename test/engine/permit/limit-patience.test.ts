import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { believableUntil, type AccountLimit } from '../../../source/core/codex/account-limit.ts';
import { longestWaitMs, lookAgainMs } from '../../../source/core/codex/reset-time.ts';
import { limitPatience } from '../../../source/engine/permit/limit-patience.ts';
import { HandClock } from '../../helpers/hand-clock.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

function limitAt(since: number, forMs: number): AccountLimit {
  return { since, until: since + forMs, said: 'usage limit', looksInVain: 0 };
}

const anyLengthMs = fc.integer({ min: -hourMs, max: 2 * longestWaitMs });
/** The machine works on, or somebody sets the clock. */
const anyMove = fc.oneof(
  fc.record({ passes: fc.integer({ min: 0, max: 3 * hourMs }) }),
  fc.record({ setBy: fc.integer({ min: -48 * hourMs, max: 48 * hourMs }) }),
);

function move(clock: HandClock, one: { passes: number } | { setBy: number }): void {
  if ('passes' in one) clock.turn(one.passes);
  else clock.set(clock.now() + one.setBy);
}

describe('the wait for a usage limit', () => {
  test('is over after the time that was believed at its beginning, however the clock is set', () => {
    fc.assert(
      fc.property(anyLengthMs, fc.array(anyMove, { maxLength: 20 }), (forMs, moves) => {
        const clock = new HandClock();
        const limit = limitAt(clock.now(), forMs);
        const longestMs = believableUntil(limit, clock.now()) - clock.now();
        const begunAt = clock.monotonic();
        const patience = limitPatience(clock);
        patience(limit);
        for (const one of moves) {
          move(clock, one);
          const leftMs = longestMs - (clock.monotonic() - begunAt);
          const until = patience(limit);
          if (leftMs <= 0) expect(until).toBeLessThanOrEqual(clock.now());
          else expect(until - clock.now()).toBeLessThanOrEqual(leftMs + minuteMs);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('is never longer than a week', () => {
    fc.assert(
      fc.property(anyLengthMs, (forMs) => {
        const clock = new HandClock();
        const until = limitPatience(clock)(limitAt(clock.now(), forMs));
        expect(until - clock.now()).toBeLessThanOrEqual(longestWaitMs);
      }),
    );
  });

  test('shows the same time at every look while nobody sets the clock', () => {
    fc.assert(
      fc.property(anyLengthMs, fc.array(fc.nat(hourMs)), (forMs, steps) => {
        const clock = new HandClock();
        const limit = limitAt(clock.now(), forMs);
        const patience = limitPatience(clock);
        const until = patience(limit);
        for (const ms of steps) {
          clock.turn(ms);
          expect(patience(limit)).toBe(until);
        }
      }),
    );
  });

  test('for an implausible time ends after four hours, and does not begin anew at each look', () => {
    const clock = new HandClock();
    const limit = limitAt(clock.now(), longestWaitMs + hourMs);
    const patience = limitPatience(clock);
    const until = clock.now() + lookAgainMs;
    for (let looks = 0; looks < 4; looks++) {
      expect(patience(limit)).toBe(until);
      clock.turn(hourMs);
    }
    expect(patience(limit)).toBeLessThanOrEqual(clock.now());
  });

  test('moves with a clock set back, so that the shown time is the one at which it ends', () => {
    const clock = new HandClock();
    const limit = limitAt(clock.now(), 2 * hourMs);
    const patience = limitPatience(clock);
    patience(limit);
    clock.set(clock.now() - 24 * hourMs);
    expect(patience(limit)).toBe(clock.now() + 2 * hourMs);
    clock.turn(2 * hourMs);
    expect(patience(limit)).toBeLessThanOrEqual(clock.now());
  });

  test('keeps the shown time when the clock is set by less than a minute', () => {
    const clock = new HandClock();
    const limit = limitAt(clock.now(), hourMs);
    const patience = limitPatience(clock);
    const until = patience(limit);
    clock.set(clock.now() - 30_000);
    expect(patience(limit)).toBe(until);
  });

  test('ends as the wall clock says after the machine slept through it', () => {
    const clock = new HandClock();
    const limit = limitAt(clock.now(), hourMs);
    const patience = limitPatience(clock);
    patience(limit);
    clock.sleep(8 * hourMs);
    expect(patience(limit)).toBeLessThanOrEqual(clock.now());
  });

  test('begins anew for another limit, and only then', () => {
    const clock = new HandClock();
    const patience = limitPatience(clock);
    const first = limitAt(clock.now(), hourMs);
    const until = patience(first);
    expect(patience({ ...first, said: 'in other words', looksInVain: 3 })).toBe(until);
    clock.turn(hourMs);
    const second = limitAt(clock.now(), 2 * hourMs);
    expect(patience(second)).toBe(clock.now() + 2 * hourMs);
  });
});
