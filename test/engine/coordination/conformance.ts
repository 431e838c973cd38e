// The laws of every way to coordinate. Each adapter has a test file that calls `describeCoordination` with a world of its own.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Want } from '../../../source/core/run/fact.ts';
import type { RunRecord } from '../../../source/core/run/record.ts';
import type { Wait } from '../../../source/core/run/run.ts';
import type { Coordination, Permit } from '../../../source/engine/coordination/coordination.ts';
import type { HandClock } from '../../helpers/hand-clock.ts';
import { recordWith } from '../../helpers/run-records.ts';
import { until } from '../../helpers/until.ts';

/** A task, and an account that it shares with others. */
export type CoordinationWorld = {
  /** Of all that takes part. */
  clock: HandClock;
  /** What one more process has of the task. */
  enter(): Coordination;
  /** Another process claims the task. Resolves, once it has, with what kills that process. */
  claimElsewhere(): Promise<() => Promise<void>>;
  /** What the next owner begins with. */
  recorded(): Promise<RunRecord | null>;
  remove(): Promise<void>;
};

export function describeCoordination(
  name: string,
  makeWorld: () => Promise<CoordinationWorld>,
): void {
  describe(name, () => {
    let world: CoordinationWorld;
    let one: Coordination;
    let other: Coordination;
    const leftOver = new Set<{ release(): void }>();

    beforeEach(async () => {
      world = await makeWorld();
      [one, other] = [world.enter(), world.enter()];
    });

    afterEach(async () => {
      for (const held of leftOver) held.release();
      leftOver.clear();
      await world.remove();
    });

    const soon = <Answer>(what: string, look: () => Answer): Promise<NonNullable<Answer>> =>
      until(
        what,
        () => {
          world.clock.turn(100);
          return look();
        },
        { everyMs: 5 },
      );

    async function claimed(by: Coordination) {
      const claim = await by.claim();
      if (claim === null) throw new Error('the task is owned already');
      leftOver.add(claim);
      return claim;
    }

    /** Asks for a permit, and tells what came of it. */
    function asked(by: Coordination, atOnce: number) {
      const waits: Wait[] = [];
      const seen: { permit: Permit | null } = { permit: null };
      const request = by.requestPermit({ atOnce, waits: (wait) => waits.push(wait) });
      void request.given.then((permit) => {
        leftOver.add(permit);
        seen.permit = permit;
      });
      return {
        permit: () => soon('a permit', () => seen.permit),
        wait: () => soon('a wait', () => waits.at(-1)),
      };
    }

    describe('a task', () => {
      test('has one owner at a time, and a new one after that has let go', async () => {
        const claim = await claimed(one);
        expect(await other.claim()).toBeNull();
        expect(await one.claim()).toBeNull();
        claim.release();
        await claimed(other);
        expect(await one.claim()).toBeNull();
      });

      test('is free again when its owner was killed', async () => {
        const kill = await world.claimElsewhere();
        expect(await one.claim()).toBeNull();
        await kill();
        await claimed(one);
      });

      test('begins for its next owner with the last that was recorded', async () => {
        expect(await world.recorded()).toBeNull();
        const claim = await claimed(one);
        await claim.record(recordWith({ run: 'first' }));
        await claim.record(recordWith({ run: 'second' }));
        claim.release();
        await claimed(other);
        expect(await world.recorded()).toEqual(recordWith({ run: 'second' }));
      });
    });

    describe('a request', () => {
      const follow = (run: string) => {
        const wants: Want[] = [];
        const { close } = one.followRequests(run, (want) => wants.push(want));
        leftOver.add({ release: close });
        return wants;
      };

      test('reaches the run that it is for, once, and no other one', async () => {
        const [wants, others] = [follow('run-1'), follow('run-2')];
        await other.request({ run: 'run-1', want: 'pause now', id: 'a' });
        await soon('it is acted on', () => wants.length > 0);
        world.clock.turn(10_000);
        await other.request({ run: 'run-1', want: 'go on', id: 'b' });
        await soon('the next one is acted on', () => wants.length > 1);
        world.clock.turn(10_000);
        expect(wants).toEqual(['pause now', 'go on']);
        expect(others).toEqual([]);
      });

      test('that was left while nobody listened is acted on', async () => {
        await other.request({ run: 'run-1', want: 'pause now', id: 'a' });
        const wants = follow('run-1');
        await soon('it is acted on', () => wants.length > 0);
        expect(wants).toEqual(['pause now']);
      });
    });

    describe('permits', () => {
      test('are given to the configured number of sessions, and then as they are given back', async () => {
        const first = await asked(one, 1).permit();
        first.hasStarted();
        const second = asked(other, 1);
        expect(await second.wait()).toEqual({ reason: 'turn', until: null });
        first.release();
        await second.permit();
      });

      test('count a session that was adopted', async () => {
        const adopted = one.permitOfAdopted(1);
        leftOver.add(adopted);
        // It takes its place soon, if no other session was faster.
        const waiting = await until('another session has to wait', async () => {
          const next = asked(other, 1);
          const permit = await Promise.race([next.permit(), next.wait().then(() => null)]);
          permit?.release();
          return permit === null ? next : null;
        });
        adopted.release();
        await waiting.permit();
      });

      test('wait for the limit of the account, until a session was answered', async () => {
        const { clock } = world;
        expect(await one.readLimit()).toBeNull();
        await one.noteLimit({ until: clock.now() + 60_000, said: 'You’ve hit your usage limit.' });
        const since = (await other.readLimit())?.since;
        await other.noteLimit({ until: clock.now() + 90_000, said: 'again' });
        expect(await one.readLimit()).toMatchObject({ since, until: clock.now() + 90_000 });
        const next = asked(other, 4);
        expect(await next.wait()).toMatchObject({ reason: 'usage limit' });
        clock.turn(90_000);
        (await next.permit()).hasAnswered();
        await until('the limit is lifted', async () => (await one.readLimit()) === null);
      });
    });
  });
}
