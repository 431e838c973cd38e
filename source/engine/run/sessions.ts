// The sessions of one run, one at a time: start permit, start, adoption, signals, and the close that records the
// end. The loop decides what to do and when; this file does it and reports back what happened as facts.

import {
  emptyChecklist,
  nextStep,
  readChecklist,
  type Checklist,
} from '../../core/checklist/checklist.ts';
import { codexMissing, codexNotThere } from '../../core/failure/failure.ts';
import { spentTokens } from '../../core/codex/usage.ts';
import { isDiskFull } from '../../core/run/disk-full.ts';
import type { ListLook } from '../../core/checklist/list-look.ts';
import type { Fact, SessionFact } from '../../core/run/fact.ts';
import type { SessionPlan, StopSignal } from '../../core/run/run.ts';
import type { RunRecord, SessionRecord } from '../../core/run/record.ts';
import type { Cut } from '../../core/run/stop.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import type { Claim } from '../coordination/coordination.ts';
import { bookTakeOver } from '../take-over/book.ts';
import { noteSession } from './journal.ts';
import { sessionPermit } from './session-permit.ts';
import { keepReserve } from '../permit/reserve.ts';
import { fileNotes } from '../session/changed-files.ts';
import type { UnchangingRecord } from './to-record.ts';
import type { RunListener, RunnerDeps, RunRequest } from './runner-deps.ts';
import { countUsage, parkAccount } from '../session/account.ts';
import type { Found } from '../../system/copy/log-copy.ts';
import { keepBeginning } from '../between/checkpoint.ts';
import { rememberBeginning } from '../between/session-memory.ts';
import { logTold, stepsForGuidance } from '../session/told-guidance.ts';
import { followSession, type Followers } from '../session/followers.ts';
import { materialOf } from '../session/review-launch.ts';
import { newSession, launchOf } from '../session/launch.ts';
import { failureIn, withWriters } from '../session/outcome.ts';
import type { SessionContext } from '../session/reading.ts';
import { removeCopied } from '../session/output.ts';
import { adoptSession, startSession, type SessionUnderway } from '../session/running.ts';
import { createStepTimes } from '../session/step-times.ts';

type RunSessionsDeps = {
  request: RunRequest;
  deps: RunnerDeps;
  claim: Claim;
  listener: RunListener;
  /** The session that an earlier runner left open. */
  open: SessionRecord | null;
  unchanging: UnchangingRecord;
  tell(fact: Fact): void;
};

type RunSessions = {
  look(): Promise<ListLook>;
  ask(plan: SessionPlan): void;
  hurry(): void;
  drop(): void;
  /** `intent` is the content of run.json; the session is added to it before anything is started. */
  start(plan: SessionPlan, intent: RunRecord): Promise<void>;
  adopt(): void;
  signal(signal: StopSignal): Promise<void>;
  close(plan: SessionPlan, cut: Cut): Promise<void>;
  /** The session whose end and usage every record from now on holds; null if there is none, or it was forgotten. */
  finished(): SessionRecord | null;
  /** Call when such a record is on disk: what Codex wrote is in session.log, and its own file may go. */
  forgetOutput(record: SessionRecord): Promise<void>;
  /** What followed the last session is over: its permit is for others now. */
  leaveStage(): void;
  /** The run is over: stops watching and releases the permit. */
  end(): void;
};

export function runSessions(parts: RunSessionsDeps): RunSessions {
  const { request, deps, claim, listener, open, unchanging, tell } = parts;
  const { clock, task } = deps;
  let session: SessionUnderway | null = null;
  let checklist: Checklist = emptyChecklist;
  let isTurnOver = false;
  /** What our first signal came before. */
  let signalledBefore: 'its result' | 'its end' | null = null;
  /** The session whose end and usage the next record holds. */
  let finished: SessionRecord | null = null;
  /** The list as a session found it that this runner started; null for an adopted one. */
  let before: string | null = null;
  let listText: string | null = null;
  let followers: Followers | null = null;
  const reserve = keepReserve(deps, request);
  const permit = sessionPermit({ deps, request, reserve, tell, tellDiskFull });
  const ticks = createStepTimes(deps);
  const files = fileNotes(deps.state, request.project);

  return {
    look,
    ask: permit.ask,
    hurry: permit.hurry,
    drop: permit.drop,
    start,
    adopt: () => {
      session = adoptOpen('alive');
      permit.adopt();
    },
    signal: (signal) => {
      signalledBefore ??= isTurnOver ? 'its end' : 'its result';
      return session?.signal(signal) ?? Promise.resolve();
    },
    close,
    finished: () => finished,
    forgetOutput: async (record) => {
      if (finished === record) finished = null;
      await removeCopied(deps, record).catch(() => {});
    },
    leaveStage: permit.release,
    end: () => {
      stopWatching();
      permit.release();
    },
  };

  function stopWatching(): void {
    reserve.end();
    followers?.close();
  }

  async function look(): Promise<ListLook> {
    const list = await stepsForGuidance(deps, await task.readList());
    listText = list.kind === 'text' ? list.text : null;
    checklist = list.kind === 'text' ? readChecklist(list.text) : emptyChecklist;
    if (list.kind !== 'text') return list;
    const { done, total, missed } = checklist;
    const next = nextStep(checklist);
    const said = next && `${next.number}. ${next.text}`;
    return { kind: 'read', done, total, next: said, missed: missed.length };
  }

  async function start(plan: SessionPlan, intent: RunRecord): Promise<void> {
    const record = newSession(plan, deps, request);
    try {
      const isBooked = (await bookTakeOver(deps, unchanging)) !== null;
      record.log = await whereItBegins(record);
      unchanging.session = record;
      await files.begin();
      await look();
      const tree = await rememberBeginning(deps, record, listText);
      await keepBeginning({ deps, request }, record, tree);
      before = listText ?? '';
      // The intent: from here on a Codex with this marker may be alive.
      const { thread, usage } = unchanging;
      await claim.record({ ...intent, thread, usage, session: record });
      if (isBooked) await deps.state.forgetTakeOver();
      const description = await task.readDescription();
      const { uuid } = record;
      const isReview = plan.role === 'reviewer';
      // What the user says is for a session that works.
      const pieces = isReview ? [] : await deps.state.takeGuidance(uuid, await task.identity());
      const texts = pieces.map(({ text }) => text);
      const isOurs = plan.resumes !== null && plan.resumes === unchanging.thread?.id;
      const call = launchOf(plan, request, {
        uuid,
        description,
        checklist,
        isOurs,
        guidance: texts,
        ...(isReview ? { material: await materialOf(deps, listText) } : {}),
      });
      session = await startSession(making(record), { ...call, lease: claim.lease });
      ticks.begin(plan.number, checklist);
      tell({ kind: 'started', session: plan.number });
    } catch (error) {
      record.ended = { at: clock.now(), outcome: 'not started', copy: null };
      await noteSession(deps, record, null);
      // Their timers would keep this process alive after the run.
      stopWatching();
      permit.release();
      if (isDiskFull(error)) return tellDiskFull(plan.number);
      const sentence = `Codex could not be started: ${errorMessage(error)}`;
      const isGone = error instanceof Error && error.name === codexNotThere;
      const failure = isGone ? { failure: codexMissing(request.codex) } : {};
      tell({ kind: 'start failed', session: plan.number, sentence, ...failure });
    }
  }

  /** The only place that ends a session. One of `closed`, `close failed` and `no room` always follows. */
  async function close(plan: SessionPlan, cut: Cut): Promise<void> {
    try {
      session ??= adoptOpen('dead');
      const { record } = session;
      const beforeEnd = (): Promise<void> => followers?.beforeEnd() ?? Promise.resolve();
      const ended = await session.close(request.settings.terminateGraceMs, cut, beforeEnd);
      // At once: a record that says the session has ended must also say what it cost.
      const result = followers?.counted(ended.result) ?? ended.result;
      const used = countUsage(unchanging, result, plan);
      finished = record;
      await noteSession(deps, record, used);
      await logTold(deps, record);
      await ticks.end();
      session = null;
      stopWatching();
      unchanging.sandbox = request.sandbox;
      const failure = await withWriters(failureIn(ended), plan, deps.codex);
      // Before anything else can start: the limit holds for the whole account. What a session says after our signal
      // does not count: the next one meets the limit again, if there is one.
      if (failure?.recovery === 'wait for the reset' && signalledBefore !== 'its result') {
        const { settings } = request;
        await parkAccount(failure, { deps, settings, session: record }).catch(unlessFull);
      }
      const list = await look();
      const tokens = spentTokens(unchanging.usage);
      const said = plan.role === 'reviewer' ? { message: result.lastMessage } : {};
      tell({ kind: 'closed', session: plan.number, failure, list, tokens, ...said });
    } catch (error) {
      if (isDiskFull(error)) return tellDiskFull(plan.number);
      tell({ kind: 'close failed', session: plan.number, sentence: errorMessage(error) });
    }
  }

  /** Creates the file that will be Codex's standard output. */
  async function whereItBegins({ uuid }: SessionRecord): Promise<SessionRecord['log']> {
    const output = await deps.state.openOutput(uuid);
    try {
      const { dev, ino } = await output.stat();
      return { offset: await task.appendToLog(''), device: dev, inode: ino };
    } finally {
      await output.close();
    }
  }

  async function tellDiskFull(session: number): Promise<void> {
    const sentence = (await deps.fullDisk()) ?? 'The disk is full: free some space';
    tell({ kind: 'disk full', session, sentence });
  }

  function adoptOpen(found: Found): SessionUnderway {
    if (open === null) throw new Error('There is no session to close');
    unchanging.session = open;
    before = null;
    ticks.begin(open.number, null);
    // Adoption reads the session's log from its start again.
    void files.begin();
    return adoptSession(making(open), found);
  }

  function making(record: SessionRecord): SessionContext {
    const following = followSession(
      { ...parts, tell: tellOfSession, ticks, files },
      record,
      before,
    );
    followers = following;
    [isTurnOver, signalledBefore] = [false, null];
    const { logged } = following;
    return { deps, tell: tellOfSession, listener: { ...listener, logged }, record };
  }

  /** The permit hears it first: when the run acts on the fact, the next session may already start. */
  function tellOfSession(fact: SessionFact): void {
    permit.heard(fact);
    if (fact.kind === 'turn over') isTurnOver = true;
    if (fact.kind === 'turn goes on') isTurnOver = false;
    tell(fact);
  }
}

/** A full disk is no loss here: the run checks for space before its next session, and meets the limit again then. */
function unlessFull(error: unknown): void {
  if (!isDiskFull(error)) throw error;
}
