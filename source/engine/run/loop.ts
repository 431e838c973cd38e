// The loop of one run: facts in, effects performed, until it ends. All decisions are step()'s. Where the run
// is stands in run.json before anything is started, so that whoever comes next knows what may live.

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
  /** What was announced before anything started, a sentence each. */
  notes: readonly string[];
  want(want: Want): void;
  /** Pauses, as a machine wants it that shuts down: whoever takes up what was interrupted takes this up too. */
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

/** Resolves when run.json stands on disk; throws, with nothing left running, where it can't be written. */
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

  /** Facts are taken one after the other: what one decides is on disk before the next one is looked at. */
  function tell(fact: Fact): void {
    turns = turns
      .then(async () => {
        await lookAround();
        await take(step(run, fact, clock.now()));
      })
      .catch((error: unknown) => tell({ kind: 'trouble', sentence: said(error) }));
  }

  /** Before anything else is made of it that a list is missing, or that it is so late. */
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
    // Once: a run in trouble ends as soon as it can, and every try to write would tell it anew. A full disk is none:
    // what runs goes on, and the record is written again with the next fact.
    if (unwritten !== null && !unwritten.isFull && run.trouble === null) {
      tell({ kind: 'trouble', sentence: unwritten.sentence });
    }
    for (const effect of next.effects) {
      if (effect.do !== 'start' || unwritten === null) await perform(effect);
      // What is not written must not be started: nobody would know of it.
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

  /** A session.id that can't be written costs the next resume, not this night's work. */
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
