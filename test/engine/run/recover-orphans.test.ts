import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { emptyBoard, type TaskView } from '../../../source/core/task/board.ts';
import { maxRecoveries, recentRecoveries } from '../../../source/engine/run/previous-run.ts';
import { recoverOrphans } from '../../../source/engine/run/recover-orphans.ts';
import type { StartRun } from '../../../source/engine/tasks/runner-client.ts';
import { createStore } from '../../../source/engine/tasks/store.ts';
import { HandClock } from '../../helpers/hand-clock.ts';
import { viewOf } from '../../helpers/task-views.ts';

const minuteMs = 60_000;

let clock: HandClock;

beforeEach(() => {
  clock = new HandClock();
});
afterEach(() => vi.restoreAllMocks());

/** A dashboard that recovers, and the runs that it starts. */
function dashboard(tasks: readonly TaskView[]) {
  const store = createStore(emptyBoard('~/shop'), clock);
  const see = (changed: readonly TaskView[]): void => {
    store.dispatch({ type: 'tasks-seen', changed, gone: [] });
    // Listeners hear of changes at most ten times a second.
    clock.turn(100);
  };
  see(tasks);
  const starts: StartRun[] = [];
  const start = (request: StartRun) => {
    starts.push(request);
    return Promise.resolve({ ok: true } as const);
  };
  const runnerClient = { start, send: start as never, requestFor: start as never };
  const deps = { store, runnerClient, clock };
  const recovering = recoverOrphans(deps);
  return { see, starts: () => starts.map(({ task }) => task), all: starts, recovering };
}

const orphan = (name: string, label = name) => viewOf(name, { orphaned: true, label });

describe('an open dashboard', () => {
  test('recovers the runs that were orphaned before it was opened, and no other', () => {
    const { all } = dashboard([orphan('docs'), viewOf('idle'), orphan('shop')]);
    expect(all).toEqual([
      { task: 'docs', sandbox: 'workspace-write', recovers: true },
      { task: 'shop', sandbox: 'workspace-write', recovers: true },
    ]);
  });

  test('recovers a run that is orphaned while it is open', () => {
    const { see, starts } = dashboard([viewOf('docs')]);
    expect(starts()).toEqual([]);
    see([orphan('docs')]);
    expect(starts()).toEqual(['docs']);
  });

  test('waits five seconds before it tries the same run again, and does not let others wait', () => {
    const { see, starts } = dashboard([orphan('docs')]);
    see([orphan('docs', 'seen again')]);
    see([orphan('shop')]);
    expect(starts()).toEqual(['docs', 'shop']);
    clock.turn(4000);
    see([orphan('docs', 'and again')]);
    expect(starts()).toEqual(['docs', 'shop']);
    clock.turn(1000);
    see([orphan('docs', 'and once more')]);
    expect(starts()).toEqual(['docs', 'shop', 'docs', 'shop']);
  });

  test('keeps its patience when the wall clock is set', () => {
    const { see, starts } = dashboard([orphan('docs')]);
    clock.set(clock.now() + 60 * minuteMs);
    see([orphan('docs', 'seen again')]);
    expect(starts()).toEqual(['docs']);
    clock.set(clock.now() - 120 * minuteMs);
    clock.turn(5000);
    see([orphan('docs', 'and again')]);
    expect(starts()).toEqual(['docs', 'docs']);
  });

  test('recovers nothing once it is closed', () => {
    const { see, starts, recovering } = dashboard([]);
    recovering.close();
    see([orphan('docs')]);
    expect(starts()).toEqual([]);
  });
});

describe('the recoveries that count', () => {
  const recent = (takenUpAt: readonly number[], now: number) =>
    recentRecoveries({ takenUpAt } as unknown as Parameters<typeof recentRecoveries>[0], now);

  test('are those of the last ten minutes', () => {
    const now = clock.now();
    const at = [10 * minuteMs, 10 * minuteMs - 1, 1, 0, -1].map((ago) => now - ago);
    expect(recent(at, now)).toEqual(at.slice(1, 4));
  });

  test('let a run be recovered at most three times in any ten minutes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4 * minuteMs), { maxLength: 60 }), (pauses) => {
        let takenUpAt: readonly number[] = [];
        const all: number[] = [];
        let now = clock.now();
        for (const ms of pauses) {
          now += ms;
          const counted = recent(takenUpAt, now);
          if (counted.length >= maxRecoveries) continue;
          takenUpAt = [...counted, now];
          all.push(now);
        }
        for (const [index, at] of all.entries()) {
          const fourth = all[index + maxRecoveries];
          if (fourth !== undefined) expect(fourth - at).toBeGreaterThanOrEqual(10 * minuteMs);
        }
      }),
    );
  });
});
