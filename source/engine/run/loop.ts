// The loop of one run: takes facts in and performs effects until the run ends. step() makes every decision.
// run.json says where the run is before anything is started, so that the next runner knows what may be alive.

import { beginRun, step } from '../../core/run/step.ts';
import { cutOf } from '../../core/run/stop.ts';
import type { Effect, Fact, Next, Run, Want } from '../../core/run/run.ts';
import type { SystemSignal } from '../../core/run/record.ts';
import type { Ending } from '../../core/run/run.ts';
import { said } from '../../core/text/error-message.ts';
import type { Lock } from '../../system/files/lock.ts';
import { watchClock } from './clock-watch.ts';
import { watchTaskDirectory } from './directory-watch.ts';
import { runFile } from './record-file.ts';
import { frameOf, recordOf } from './to-record.ts';
import type { RunMemory } from './previous-run.ts';
import { runSessions } from './sessions.ts';
import type { RunListener, RunnerDoors, RunRequest } from './runner-deps.ts';
import { followWishes } from './control-requests.ts';

export type RunUnderway = {
  id: string;
  /** Announced before anything started, one sentence each. */
  notes: readonly string[];
  want(want: Want): void;
  /** Pauses because the machine is shutting down: --continue-all recovers this run like an interrupted one. */
  endFor(signal: SystemSignal): void;
  ended: Promise<Ending>;
};

export type Carrying = {
  request: RunRequest;
  doors: RunnerDoors;
  listener: RunListener;
  memory: RunMemory;
  locks: readonly Lock[];
};

/** Resolves when run.json is on disk. If it cannot be written, throws and leaves nothing running. */
export async function beginCarryingOut(carrying: Carrying): Promise<RunUnderway> {
  const { request, doors, listener, memory, locks } = carrying;
  const { clock, task } = doors;
  const first = beginRun(memory.beginning, clock.now());
  const frame = await frameOf(doors, request, memory);
  const file = runFile(doors.state);
  let run: Run = first.run;
  const clockSetBy = watchClock(clock);
  let cancelTimer = (): void => {};
  let turns: Promise<void> = Promise.resolve();
  const end = Promise.withResolvers<Ending>();

  const sessions = runSessions({ request, doors, listener, open: memory.open, frame, tell });

  /** Facts are processed one at a time: the result of one is on disk before the next is read. */
  function tell(fact: Fact): void {
    turns = turns
      .then(async () => {
        await lookAround();
        await take(step(run, fact, clock.now()));
      })
      .catch((error: unknown) => tell({ kind: 'trouble', sentence: said(error) }));
  }

  /** Runs before each fact: a moved directory or a set clock explains a missing list or a late timer. */
  async function lookAround(): Promise<void> {
    const byMs = clockSetBy();
    if (byMs !== 0) await take(step(run, { kind: 'clock set', byMs }, clock.now()));
    if (run.trouble !== null || run.phase.name === 'ended') return;
    const sentence = await directory.goneSentence();
    if (sentence !== null) await take(step(run, { kind: 'directory gone', sentence }, clock.now()));
  }

  async function take(next: Next): Promise<void> {
    run = next.run;
    const unwritten = await file.write(recordOf(run, frame));
    // Told once: a run with a fatal error ends as soon as it can, and every further write would report it again.
    // A full disk is not fatal: the session goes on, and the next fact writes the record again.
    if (unwritten !== null && !unwritten.isFull && run.trouble === null) {
      tell({ kind: 'trouble', sentence: unwritten.sentence });
    }
    for (const effect of next.effects) {
      if (effect.do !== 'start' || unwritten === null) await perform(effect);
      // Never start what run.json does not mention: the next runner could not find it.
      else {
        const { number: session } = effect.plan;
        const kind = unwritten.isFull ? 'no room' : 'start failed';
        tell({ kind, session, sentence: unwritten.sentence });
      }
    }
  }

  async function perform(effect: Effect): Promise<void> {
    switch (effect.do) {
      case 'look':
        background(async () => {
          const list = await sessions.look();
          const hasDescription = (await task.readDescription()) !== null;
          tell({ kind: 'looked', list, hasDescription, full: await doors.fullDisk() });
        });
        return;
      case 'ask leave':
        sessions.ask(effect.plan);
        return;
      case 'hurry leave':
        sessions.hurry();
        return;
      case 'drop leave':
        sessions.drop();
        return;
      case 'start':
        await sessions.start(effect.plan, recordOf(run, frame));
        return;
      case 'signal':
        background(() => sessions.signal(effect.signal));
        return;
      case 'close':
        background(() => sessions.close(effect.plan, cutOf(run)));
        return;
      case 'wake': {
        const { at, epoch } = effect;
        cancelTimer();
        cancelTimer = clock.wakeAt(at, () => tell({ kind: 'time', epoch }));
        return;
      }
      case 'save thread':
        await saveThread(effect.threadId);
        return;
      case 'say':
        listener.announced(effect.announcement);
        return;
      case 'end':
        finish(effect.ending);
        return;
      default:
        effect satisfies never;
    }
  }

  /** A session.id that cannot be written costs the next resume, not this run. */
  async function saveThread(threadId: string): Promise<void> {
    try {
      await task.writeThreadId(threadId);
      listener.threadSaved(threadId);
    } catch (error) {
      const sentence = `The session id could not be saved: ${said(error)}`;
      listener.announced({ kind: 'note', sentence });
    }
  }

  function background(work: () => Promise<void>): void {
    work().catch((error: unknown) => tell({ kind: 'trouble', sentence: said(error) }));
  }

  function finish(ending: Ending): void {
    cancelTimer();
    directory.close();
    sessions.end();
    wishes.close();
    for (const lock of locks) lock.release();
    listener.ended(ending);
    end.resolve(ending);
  }

  const unwritten = await file.write(recordOf(run, frame));
  if (unwritten !== null) throw new Error(unwritten.sentence);
  const want = (wanted: Want): void => tell({ kind: 'wish', want: wanted });
  const wishes = followWishes(doors, frame.run, want);
  const directory = watchTaskDirectory(doors, frame.directory, (sentence) =>
    tell({ kind: 'directory gone', sentence }),
  );
  for (const sentence of memory.notes) listener.announced({ kind: 'note', sentence });
  if (memory.beginning.open?.is === 'alive') sessions.adopt();
  turns = turns.then(() => take(first));
  const endFor = (signal: SystemSignal): void => {
    frame.toldToEnd = signal;
    want('pause now');
  };
  return { id: frame.run, notes: memory.notes, want, endFor, ended: end.promise };
}
