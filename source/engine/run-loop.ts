// The loop of one run: facts in, effects performed, until it ends. All decisions are step()'s. Where the run
// is stands in run.json before anything is started, so that whoever comes next knows what may live.

import { codexArguments } from '../core/codex-arguments.ts';
import { emptyChecklist, nextStep, readChecklist, type Checklist } from '../core/checklist.ts';
import { cleanLine } from '../core/clean.ts';
import type { Failure } from '../core/failure.ts';
import { maxDescriptionLength, promptFor } from '../core/prompt.ts';
import { beginRun, step } from '../core/run-step.ts';
import type { Effect, Fact, ListLook, Next, Run, SessionPlan, Want } from '../core/run.ts';
import type { Ending, RunRecord, SessionRecord } from '../core/run-record.ts';
import { addUsage, noUsage, usageSince } from '../core/usage.ts';
import type { Lock } from '../system/lock.ts';
import type { RunMemory } from './run-memory.ts';
import { recordOf, type RunFrame } from './run-frame.ts';
import type { RunListener, RunnerDoors, RunRequest } from './runner-doors.ts';
import { failureIn, outcomeOf } from './session-outcome.ts';
import {
  adoptSession,
  logEnd,
  startSession,
  type SessionEnd,
  type SessionUnderway,
} from './session-underway.ts';

export type RunUnderway = {
  id: string;
  want(want: Want): void;
  ended: Promise<Ending>;
};

const wishEveryMs = 1000;

export type Carrying = {
  request: RunRequest;
  doors: RunnerDoors;
  listener: RunListener;
  memory: RunMemory;
  locks: readonly Lock[];
};

export async function beginCarryingOut(carrying: Carrying): Promise<RunUnderway> {
  const { request, doors, listener, memory, locks } = carrying;
  const { clock, task, state } = doors;
  const first = beginRun(memory.beginning);
  const frame: RunFrame = {
    id: doors.newUuid(),
    runner: doors.self,
    directory: (await task.identity()) ?? { device: -1, inode: -1 },
    startedAt: clock.now(),
    request,
    session: memory.previous?.session ?? null,
    thread: memory.previous?.thread ?? null,
    usage: memory.previous?.usage ?? noUsage,
    takenUpAt: memory.takenUpAt,
  };
  let run: Run = first.run;
  let session: SessionUnderway | null = null;
  let checklist: Checklist = emptyChecklist;
  let cancelTimer = (): void => {};
  let written = '';
  let turns: Promise<void> = Promise.resolve();
  let lastWish = -1;
  let stateTrouble = '';
  const end = Promise.withResolvers<Ending>();

  /** Facts are taken one after the other: what one decides is on disk before the next one is looked at. */
  function tell(fact: Fact): void {
    turns = turns
      .then(() => take(step(run, fact, clock.now())))
      .catch((error: unknown) => tell({ kind: 'trouble', sentence: said(error) }));
  }

  async function take(next: Next): Promise<void> {
    run = next.run;
    const isWritten = await writeRecord();
    for (const effect of next.effects) {
      // What is not written must not be started: nobody would know of it.
      if (isWritten || effect.do !== 'start') await perform(effect);
      else tell({ kind: 'start failed', sentence: stateTrouble });
    }
  }

  async function writeRecord(): Promise<boolean> {
    const record: RunRecord = recordOf(run, frame);
    const text = JSON.stringify(record);
    if (text === written) return true;
    try {
      await state.writeRecord(record);
      written = text;
      return true;
    } catch (error) {
      stateTrouble = `The state of the run can't be written: ${said(error)}`;
      if (run.phase.name !== 'ended') tell({ kind: 'trouble', sentence: stateTrouble });
      return false;
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
        await finish(effect.ending);
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
    const file = await task.readList();
    if (file.kind !== 'text') {
      checklist = emptyChecklist;
      return file;
    }
    checklist = readChecklist(file.text);
    return { kind: 'read', done: checklist.done, total: checklist.total };
  }

  async function start(plan: SessionPlan): Promise<void> {
    const record = newSession(plan);
    try {
      record.log = await logEnd(doors);
      frame.session = record;
      // The intent: from here on a Codex with this marker may live.
      await state.writeRecord(recordOf(run, frame));
      session = await startSession(
        { doors, facts, listener, record },
        {
          codex: request.codex,
          arguments: codexArguments({
            sandbox: request.sandbox,
            resumes: plan.resumes,
            extra: request.extra,
            uuid: record.uuid,
          }),
          project: request.project,
          prompt: await promptOf(plan),
        },
      );
      tell({ kind: 'started' });
    } catch (error) {
      record.ended = { at: clock.now(), outcome: 'not started' };
      tell({ kind: 'start failed', sentence: `Codex could not be started: ${said(error)}` });
    }
  }

  function newSession({ number, role, resumes }: SessionPlan): SessionRecord {
    return {
      number,
      uuid: doors.newUuid(),
      role,
      resumes,
      threadId: null,
      startedAt: clock.now(),
      log: { offset: 0, device: -1, inode: -1 },
      codex: null,
      ended: null,
    };
  }

  async function promptOf(plan: SessionPlan): Promise<string> {
    const description = (await task.readDescription()) ?? '';
    const next = nextStep(checklist);
    return promptFor({
      role: plan.role,
      taskName: request.task,
      description: description.slice(0, maxDescriptionLength),
      session: plan.number,
      nextStep: plan.role === 'executor' && next !== null ? next : null,
      progress: { done: checklist.done, total: checklist.total },
      resumed: plan.resumes !== null,
      additions: plan.additions,
    });
  }

  async function close(plan: SessionPlan): Promise<void> {
    const underway = session ?? adopt(memory.open);
    session = null;
    let failure: Failure | null = null;
    if (underway !== null) {
      const sweepGraceMs = request.settings.terminateGraceMs;
      const ended = await underway.close({ sweepGraceMs, outcome: outcomeOf });
      failure = failureIn(ended);
      count(ended, plan);
    }
    tell({ kind: 'closed', failure, list: await look() });
  }

  function count({ result }: SessionEnd, plan: SessionPlan): void {
    if (result.threadId === null || result.totals === null) return;
    const known = frame.thread?.id === result.threadId ? frame.thread.totals : null;
    const before = plan.resumes === null ? null : known;
    frame.usage = addUsage(frame.usage, usageSince(before, result.totals));
    frame.thread = { id: result.threadId, totals: result.totals };
  }

  function adopt(record: SessionRecord | null): SessionUnderway | null {
    if (record === null) return null;
    frame.session = record;
    return adoptSession({ doors, facts, listener, record });
  }

  async function lookForWish(): Promise<void> {
    const wish = await state.readWish();
    if (wish === null || wish.run !== frame.id || wish.seq <= lastWish) return;
    lastWish = wish.seq;
    tell({ kind: 'wish', want: wish.want });
  }

  async function finish(ending: Ending): Promise<void> {
    cancelTimer();
    stopWishing();
    watcher.close();
    await writeRecord();
    for (const lock of locks) lock.release();
    listener.ended(ending);
    end.resolve(ending);
  }

  const facts = {
    threadStarted: (threadId: string) => tell({ kind: 'thread started', threadId }),
    turnOver: () => tell({ kind: 'turn over' }),
    exited: () => tell({ kind: 'exited' }),
  };
  const wish = (): void => void lookForWish().catch(() => {});
  const watcher = doors.watchDirectory(state.path, wish);
  const stopWishing = clock.every(wishEveryMs, wish);

  for (const sentence of memory.notes) listener.announced({ kind: 'note', sentence });
  await state.writeRecord(recordOf(run, frame));
  if (memory.beginning.open?.lives === true) session = adopt(memory.open);
  turns = turns.then(() => take(first));
  return {
    id: frame.id,
    want: (want) => tell({ kind: 'wish', want }),
    ended: end.promise,
  };
}

function said(error: unknown): string {
  return cleanLine(error instanceof Error ? error.message : String(error));
}
