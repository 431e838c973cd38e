// The loop of one run: takes facts in and performs effects until the run ends. step() makes every decision.
// run.json says where the run is before anything is started, so that the next runner knows what may be alive.

import { beginRun } from '../../core/run/begin-run.ts';
import { step } from '../../core/run/step.ts';
import { cutOf } from '../../core/run/stop.ts';
import type { Fact, Want } from '../../core/run/fact.ts';
import type { Effect, Next, Run } from '../../core/run/run.ts';
import type { SystemSignal } from '../../core/run/record.ts';
import type { Ending } from '../../core/run/run.ts';
import { spentTokens } from '../../core/codex/usage.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import type { Claim } from '../coordination/coordination.ts';
import { watchClock } from './clock-watch.ts';
import { watchLimit } from './limit-watch.ts';
import { runFile } from './record-file.ts';
import { unchangingRecordOf, recordOf } from './to-record.ts';
import type { PreviousRun } from './previous-run.ts';
import { makeStateAgain } from './state-again.ts';
import { runSessions } from './sessions.ts';
import type { RunListener, RunnerDeps, RunRequest } from './runner-deps.ts';
import { stageOf } from '../between/settle.ts';
import { watchAround } from './run-watches.ts';
import { noteInJournal, noteMove, noteVerdict } from './journal.ts';
import { noticesOf } from './notices.ts';

export type RunUnderway = {
  id: string;
  /** Announced before anything started, one sentence each. */
  notes: readonly string[];
  want(want: Want): void;
  /** Pauses because the machine is shutting down: --continue-all recovers this run like an interrupted one. */
  endFor(signal: SystemSignal): void;
  /** Kills what is alive of the session at once. The next runner recovers the run: end this process now. */
  kill(): void;
  ended: Promise<Ending>;
};

export type RunContext = {
  request: RunRequest;
  deps: RunnerDeps;
  listener: RunListener;
  previous: PreviousRun;
  claim: Claim;
};

/** Resolves when run.json is on disk. If it cannot be written, throws and leaves nothing running. */
export async function startLoop(begun: RunContext): Promise<RunUnderway> {
  // All parts of the run hold this one, in which the user's settings may change between two sessions.
  const request = { ...begun.request };
  const context = { ...begun, request };
  const { deps, listener, previous, claim } = context;
  const { clock, task } = deps;
  const first = beginRun(previous.beginning, clock.now());
  const unchanging = await unchangingRecordOf(deps, request, previous);
  const file = runFile(claim, () => makeStateAgain(context, unchanging.directory));
  let run: Run = first.run;
  const clockSetBy = watchClock(clock);
  let cancelTimer = (): void => {};
  const limit = watchLimit(clock, () => tell({ kind: 'limit time' }));
  let turns: Promise<void> = Promise.resolve();
  const end = Promise.withResolvers<Ending>();

  const sessions = runSessions({
    ...{ request, deps, claim, listener, unchanging, tell },
    open: previous.open,
  });
  const notices = noticesOf({ deps, request, needed: neededBefore(previous) });
  const stage = stageOf({ deps, request, look: sessions.look });

  /** Facts are processed one at a time: the result of one is on disk before the next is read. */
  function tell(fact: Fact): void {
    turns = turns
      .then(async () => {
        await lookAround();
        await take(step(run, fact, clock.now()));
      })
      .catch((error: unknown) => tell({ kind: 'fatal', sentence: errorMessage(error) }));
  }

  /** Runs before each fact: a moved directory or a set clock explains a missing list or a late timer. */
  async function lookAround(): Promise<void> {
    const byMs = clockSetBy();
    if (byMs !== 0) await take(step(run, { kind: 'clock set', byMs }, clock.now()));
    if (run.fatal !== null || run.phase.name === 'ended') return;
    const sentence = await around.goneSentence();
    if (sentence !== null) await take(step(run, { kind: 'directory gone', sentence }, clock.now()));
  }

  async function take(next: Next): Promise<void> {
    if (run.phase.name === 'settling' && next.run.phase.name !== 'settling') sessions.leaveStage();
    const before = run;
    notices.moved(before, next.run);
    run = next.run;
    limit.follow(run);
    await noteVerdict(deps, before, next.run);
    const finished = sessions.finished();
    const unwritten = await file.write(recordOf(run, unchanging));
    if (unwritten === null && finished !== null) await sessions.forgetOutput(finished);
    await noteMove(deps, before, next.run);
    // Told once: a run with a fatal error ends as soon as it can, and every further write would report it again.
    // A full disk is not fatal: the session goes on, and the next fact writes the record again.
    if (unwritten !== null && !unwritten.isFull && run.fatal === null) {
      tell({ kind: 'fatal', sentence: unwritten.sentence });
    }
    for (const effect of next.effects) {
      if (effect.do !== 'start' || unwritten === null) await perform(effect);
      // Never start what run.json does not mention: the next runner could not find it.
      else {
        const { number: session } = effect.plan;
        const kind = unwritten.isFull ? 'disk full' : 'start failed';
        tell({ kind, session, sentence: unwritten.sentence });
      }
    }
  }

  async function perform(effect: Effect): Promise<void> {
    switch (effect.do) {
      case 'look':
        background(look);
        return;
      case 'request permit':
        sessions.ask(effect.plan);
        return;
      case 'hurry permit':
        sessions.hurry();
        return;
      case 'drop permit':
        sessions.drop();
        return;
      case 'start':
        await sessions.start(effect.plan, recordOf(run, unchanging));
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
      case 'settle': {
        const { part, purpose, session, findings } = effect;
        background(async () => {
          const answer = await stage.settle(part, {
            ...{ purpose, findings },
            session: unchanging.session,
          });
          tell({ kind: 'settled', session, part, answer });
        });
        return;
      }
      case 'stop settling':
        stage.hurry();
        return;
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

  async function look(): Promise<void> {
    const list = await sessions.look();
    const hasDescription = (await task.readDescription()) !== null;
    const full = await deps.fullDisk();
    const { after } = request.settings.limits;
    const before = after === null ? {} : { predecessor: await deps.predecessor(after) };
    const tokens = spentTokens(unchanging.usage);
    tell({ kind: 'looked', list, hasDescription, full, tokens, ...before });
  }

  /** A session.id that cannot be written costs the next resume, not this run. */
  async function saveThread(threadId: string): Promise<void> {
    try {
      await task.writeThreadId(threadId);
      listener.threadSaved(threadId);
    } catch (error) {
      const sentence = `The session id could not be saved: ${errorMessage(error)}`;
      listener.announced({ kind: 'note', sentence });
    }
  }

  function background(work: () => Promise<void>): void {
    work().catch((error: unknown) => tell({ kind: 'fatal', sentence: errorMessage(error) }));
  }

  function finish(ending: Ending): void {
    cancelTimer();
    limit.close();
    around.close();
    sessions.end();
    claim.release();
    listener.ended(ending);
    end.resolve(ending);
  }

  const unwritten = await file.write(recordOf(run, unchanging));
  if (unwritten !== null) throw new Error(unwritten.sentence);
  await noteInJournal(deps, { what: 'run' });
  const want = (wanted: Want): void => tell({ kind: 'control request', want: wanted });
  const around = watchAround(deps, {
    ...{ request, listener, tell },
    run: unchanging.run,
    directory: unchanging.directory,
  });
  for (const sentence of previous.notes) listener.announced({ kind: 'note', sentence });
  if (previous.beginning.open?.is === 'alive') sessions.adopt();
  turns = turns.then(() => take(first));
  const endFor = (signal: SystemSignal): void => {
    unchanging.toldToEnd = signal;
    want('pause now');
  };
  const kill = (): void => {
    const { session } = unchanging;
    if (session === null || session.ended !== null) return;
    deps.codex.killNow({ uuid: session.uuid, leader: session.codex });
  };
  return { id: unchanging.run, notes: previous.notes, want, endFor, kill, ended: end.promise };
}

/** Why the run needed the user when its runner died. */
function neededBefore({ previous }: PreviousRun): string | null {
  if (previous === null || previous.ending !== null) return null;
  const isAsked = previous.phase === 'needs you' || previous.phase === 'looking';
  return isAsked ? (previous.wait?.reason ?? null) : null;
}
