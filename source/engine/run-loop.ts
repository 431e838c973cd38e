// The loop of one run: facts in, effects performed, until it ends. All decisions are step()'s. Where the run
// is stands in run.json before anything is started, so that whoever comes next knows what may live.

import { emptyChecklist, readChecklist, type Checklist } from '../core/checklist.ts';
import { beginRun, step } from '../core/run-step.ts';
import type { Effect, Fact, ListLook, Next, Run, SessionPlan, Wait, Want } from '../core/run.ts';
import type { Failure } from '../core/failure.ts';
import { waitForReset } from '../core/reset-time.ts';
import type { Ending, SessionRecord } from '../core/run-record.ts';
import { said } from '../core/said.ts';
import { addUsage, usageSince } from '../core/usage.ts';
import type { Lock } from '../system/lock.ts';
import { runFile } from './run-file.ts';
import { frameOf, recordOf } from './run-frame.ts';
import type { RunMemory } from './run-memory.ts';
import type { RunListener, RunnerDoors, RunRequest } from './runner-doors.ts';
import { newSession, sessionCall } from './session-call.ts';
import { logEnd } from './session-log.ts';
import { askLeave, noteLimit, type Asking, type Leave } from './leave.ts';
import { failureIn } from './session-outcome.ts';
import type { Making } from './session-reading.ts';
import {
  adoptSession,
  startSession,
  type SessionEnd,
  type SessionUnderway,
} from './session-underway.ts';
import { watchForStalls, type StallWatch } from './stall-watch.ts';
import { followWishes } from './wishes.ts';

export type RunUnderway = {
  id: string;
  /** What was announced before anything started, a sentence each. */
  notes: readonly string[];
  want(want: Want): void;
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
  let session: SessionUnderway | null = null;
  let asking: Asking | null = null;
  let leave: Leave | null = null;
  let stalls: StallWatch | null = null;
  let checklist: Checklist = emptyChecklist;
  let cancelTimer = (): void => {};
  let turns: Promise<void> = Promise.resolve();
  const end = Promise.withResolvers<Ending>();

  /** Facts are taken one after the other: what one decides is on disk before the next one is looked at. */
  function tell(fact: Fact): void {
    turns = turns
      .then(() => take(step(run, fact, clock.now())))
      .catch((error: unknown) => tell({ kind: 'trouble', sentence: said(error) }));
  }

  async function take(next: Next): Promise<void> {
    run = next.run;
    const trouble = await file.write(recordOf(run, frame));
    // Once: a run in trouble ends as soon as it can, and every try to write would tell it anew.
    if (trouble !== null && run.trouble === null) tell({ kind: 'trouble', sentence: trouble });
    for (const effect of next.effects) {
      if (effect.do !== 'start' || trouble === null) await perform(effect);
      // What is not written must not be started: nobody would know of it.
      else tell({ kind: 'start failed', session: effect.plan.number, sentence: trouble });
    }
  }

  async function perform(effect: Effect): Promise<void> {
    switch (effect.do) {
      case 'look':
        background(async () => {
          const list = await look();
          const hasDescription = (await task.readDescription()) !== null;
          tell({ kind: 'looked', list, hasDescription });
        });
        return;
      case 'ask leave':
        ask(effect.plan);
        return;
      case 'hurry leave':
        asking?.hurry();
        return;
      case 'drop leave':
        asking?.drop();
        return;
      case 'start':
        await start(effect.plan);
        return;
      case 'signal':
        background(() => session?.signal(effect.signal) ?? Promise.resolve());
        return;
      case 'close':
        background(() => close(effect.plan));
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

  async function look(): Promise<ListLook> {
    const list = await task.readList();
    checklist = list.kind === 'text' ? readChecklist(list.text) : emptyChecklist;
    const { done, total } = checklist;
    return list.kind === 'text' ? { kind: 'read', done, total } : list;
  }

  function ask({ number }: SessionPlan): void {
    const waits = (wait: Wait): void => tell({ kind: 'kept waiting', session: number, wait });
    asking = askLeave(doors, { atOnce: request.settings.sessionsAtOnce, waits });
    background(async () => {
      leave = await (asking?.given ?? Promise.reject(new Error('Nobody asked')));
      tell({ kind: 'leave given', session: number });
    });
  }

  async function start(plan: SessionPlan): Promise<void> {
    const record = newSession(plan, doors);
    try {
      record.log = await logEnd(task);
      frame.session = record;
      // The intent: from here on a Codex with this marker may live.
      await doors.state.writeRecord(recordOf(run, frame));
      const description = await task.readDescription();
      const { uuid } = record;
      const call = sessionCall(plan, request, { uuid, description, checklist });
      session = await startSession(making(record), call);
      tell({ kind: 'started', session: plan.number });
    } catch (error) {
      record.ended = { at: clock.now(), outcome: 'not started' };
      leave?.release();
      const sentence = `Codex could not be started: ${said(error)}`;
      tell({ kind: 'start failed', session: plan.number, sentence });
    }
  }

  /** The one place that ends a session: `closed` or `close failed` always follows. */
  async function close(plan: SessionPlan): Promise<void> {
    try {
      const underway = session ?? adoptOpen();
      const ended = await underway.close(request.settings.terminateGraceMs);
      session = null;
      stalls?.close();
      frame.sandbox = request.sandbox;
      count(ended, plan);
      const failure = failureIn(ended);
      // Before anything else can start: the limit is the account's.
      if (failure?.answer === 'wait for the reset') await parkAccount(failure);
      leave?.release();
      const list = await look();
      tell({ kind: 'closed', session: plan.number, failure, list });
    } catch (error) {
      tell({ kind: 'close failed', session: plan.number, sentence: said(error) });
    }
  }

  async function parkAccount({ said: words }: Failure): Promise<void> {
    const now = clock.now();
    // A bare time is of the day on which it was said, which in an adopted log is not today's for sure.
    const saidAt = Math.min(now, (await task.logChangedAt()) ?? now);
    const marginMs = request.settings.resetMarginMs;
    const until = waitForReset(words, { saidAt, now, marginMs });
    await noteLimit(doors, { until, said: words });
  }

  function count({ result }: SessionEnd, plan: SessionPlan): void {
    if (result.threadId === null || result.totals === null) return;
    const known = frame.thread?.id === result.threadId ? frame.thread.totals : null;
    const before = plan.resumes === null ? null : known;
    frame.usage = addUsage(frame.usage, usageSince(before, result.totals));
    frame.thread = { id: result.threadId, totals: result.totals };
  }

  function adoptOpen(): SessionUnderway {
    if (memory.open === null) throw new Error('There is no session to close');
    frame.session = memory.open;
    return adoptSession(making(memory.open));
  }

  function making(record: SessionRecord): Making {
    const { number } = record;
    const facts: Making['facts'] = {
      threadStarted: (threadId) => {
        leave?.hasStarted();
        tell({ kind: 'thread started', session: number, threadId });
      },
      turnOver: () => tell({ kind: 'turn over', session: number }),
      turnGoesOn: () => tell({ kind: 'turn goes on', session: number }),
      answered: () => leave?.hasAnswered(),
      exited: () => tell({ kind: 'exited', session: number }),
    };
    const watch = watchForStalls({
      clock,
      settings: request.settings,
      stalled: (stall) => tell({ kind: 'stalled', session: number, stall }),
      offline: (isOffline) => tell({ kind: 'offline', session: number, isOffline }),
    });
    stalls = watch;
    const logged: RunListener['logged'] = (event, where) => {
      watch.seen(event);
      listener.logged(event, where);
    };
    return { doors, facts, listener: { ...listener, logged }, record };
  }

  function finish(ending: Ending): void {
    cancelTimer();
    stalls?.close();
    leave?.release();
    wishes.close();
    for (const lock of locks) lock.release();
    listener.ended(ending);
    end.resolve(ending);
  }

  const unwritten = await file.write(recordOf(run, frame));
  if (unwritten !== null) throw new Error(unwritten);
  const want = (wanted: Want): void => tell({ kind: 'wish', want: wanted });
  const wishes = followWishes(doors, frame.run, want);
  for (const sentence of memory.notes) listener.announced({ kind: 'note', sentence });
  if (memory.beginning.open?.is === 'alive') session = adoptOpen();
  turns = turns.then(() => take(first));
  return { id: frame.run, notes: memory.notes, want, ended: end.promise };
}
