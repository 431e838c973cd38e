// Takes over a task's conversation, for the screen and the command line alike: pauses the task, holds it still while Codex's
// own screen has the terminal, and books what was done there as the user's.

import { noUsage } from '../../core/codex/usage.ts';
import { inUseBy } from '../../core/failure/in-use.ts';
import type { JsonObject } from '../../core/json/json.ts';
import type { RunRecord } from '../../core/run/record.ts';
import { configurationChange } from '../../core/take-over/configuration-change.ts';
import { usersUsage } from '../../core/take-over/booking.ts';
import type { TakeOver } from '../../core/take-over/take-over.ts';
import { refusals, takenOverSentence } from '../../core/take-over/words.ts';
import { lastConversation } from '../../core/task/last-conversation.ts';
import type { TaskView } from '../../core/task/board.ts';
import type { Sandbox } from '../../core/task/task.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import type { Claim, Coordination } from '../coordination/coordination.ts';
import type { CodexDeps, RunnerDeps } from '../run/runner-deps.ts';
import type { RunnerAnswer } from '../tasks/runner-client.ts';
import { bookTakeOver, endOf, type BookingDeps } from './book.ts';
import { claimOf, lookEveryMs } from './claim-of.ts';
import { conversationTotals } from './conversation-totals.ts';

export type TakeOverDeps = BookingDeps & {
  /** Of a task that was renamed or moved: its state comes along, as when it runs. */
  stateLocation: Pick<RunnerDeps['stateLocation'], 'bringHere'>;
  coordination: Pick<Coordination, 'claim'>;
  newUuid(): string;
  pid: number;
  codex: Pick<CodexDeps, 'codexLives' | 'writersOf'>;
  /** The task as it is now. */
  view(): Promise<TaskView>;
  /** Lets time pass. */
  delay(ms: number): Promise<void>;
  /** Asks the task's run to pause now. */
  pauseTask(view: TaskView): Promise<RunnerAnswer>;
  /** Whether Codex still has the conversation; also true where that cannot be told. */
  isThere(threadId: string): Promise<boolean>;
  hasTerminal(): boolean;
  /** Whether the terminal may be lent now: the user may have begun something else while the task paused, or Codex was prepared. */
  mayOpen(): boolean;
  /** For a task that was not under way. */
  sandbox: Sandbox;
  /** Finds out how Codex is to be called. Call it with the task's locks; the project's files can be looked at then. */
  prepare(asked: { threadId: string; sandbox: Sandbox }): Promise<Prepared | { problem: string }>;
  /** The user's config.toml of Codex. */
  readConfiguration(): Promise<JsonObject>;
};

/**
 * Lends the terminal, and calls `afterwards` when Codex has ended, before the terminal is back: the screen comes back with the
 * question, and no key gets in between. Resolves with a sentence if Codex did not end well.
 */
type Prepared = { open(afterwards: () => Promise<void>): Promise<string | null> };

/** `isOwned`: another process has the task. `lines`: what the user should know, one sentence each. */
export type TakenOver =
  { ok: false; sentence: string; isOwned?: true } | { ok: true; lines: readonly string[] };

/** Longer than a session takes that is interrupted, terminated and killed. */
const longestPauseMs = 120_000;
/** Codex's own process ends a moment after its screen. */
const writerPatienceMs = 1500;

export async function takeOver(deps: TakeOverDeps): Promise<TakenOver> {
  const before = await deps.view();
  const { label } = before;
  if (before.threadId === null) return no(refusals.noSession(label));
  if (!deps.hasTerminal()) return no(refusals.noTerminal);
  if (!(await deps.isThere(before.threadId))) return no(refusals.gone(label));
  const problem = await paused(deps, before);
  if (problem !== null) return no(problem);
  const answer = await takePaused(deps, before);
  if (answer.ok || answer.isOwned === true || before.run === null) return answer;
  return no(`${answer.sentence}; ${label} stays paused, c continues it`);
}

async function takePaused(deps: TakeOverDeps, before: TaskView): Promise<TakenOver> {
  const { label } = before;
  if (!deps.mayOpen()) return no(refusals.userIsBusy(label));
  let claim: Claim | null = null;
  try {
    const directory = await deps.task.identity();
    if (directory === null) return no(refusals.noTask(label));
    await deps.state.make();
    const claimed = await claimOf(deps);
    // Its owner decides how it goes on.
    if (typeof claimed === 'string') return { ...no(claimed), isOwned: true };
    claim = claimed;
    await deps.stateLocation.bringHere();
    const record = await deps.state.readRecord();
    const session = record?.session ?? null;
    if (session !== null && session.ended === null) {
      const { uuid, codex: leader, log } = session;
      if (await deps.codex.codexLives({ uuid, leader, log })) return no(refusals.running(label));
    }
    // A session may have begun another conversation before it paused.
    const threadId = lastConversation(session, await deps.task.readThreadId());
    if (threadId === null) return no(refusals.noSession(label));
    if (!(await deps.isThere(threadId))) return no(refusals.gone(label));
    return await held({ ...deps, claim }, { ...before, threadId }, record);
  } catch (error) {
    return no(`${label} was not taken over: ${errorMessage(error)}`);
  } finally {
    claim?.release();
  }
}

/** Until no run of it is under way. The sentence that says why not, or null. */
async function paused(deps: TakeOverDeps, found: TaskView): Promise<string | null> {
  let view = found;
  let asked: string | null = null;
  const attempts = longestPauseMs / lookEveryMs;
  for (let attempt = 0; view.run !== null && attempt < attempts; attempt++) {
    if (asked !== view.run) {
      asked = view.run;
      const answer = await deps.pauseTask(view);
      if (!answer.ok) return answer.sentence;
    }
    await deps.delay(lookEveryMs);
    view = await deps.view();
  }
  return view.run === null ? null : refusals.notPaused(view.label);
}

type Held = TaskView & { threadId: string };
type OwnerDeps = TakeOverDeps & { claim: Claim };

async function held(
  deps: OwnerDeps,
  { label, threadId, sandbox }: Held,
  record: RunRecord | null,
): Promise<TakenOver> {
  const prepared = await deps.prepare({ threadId, sandbox: sandbox ?? deps.sandbox });
  if ('problem' in prepared) return no(prepared.problem);
  await book(deps, record);
  const { begun, takeBack } = await begin(deps, threadId);
  const configuration = await deps.readConfiguration();
  if (!deps.mayOpen()) {
    await takeBack();
    return no(refusals.userIsBusy(label));
  }
  const lines: (string | null)[] = [];
  let isOpened = false;
  const opening = prepared.open(async () => {
    isOpened = true;
    lines.push(await ended(deps, begun, record));
    lines.push(configurationChange(configuration, await deps.readConfiguration()));
    lines.push(await freed(deps, threadId));
  });
  const problem = await opening.catch(async (error: unknown) => {
    // Nothing was taken over, so nothing is booked later.
    if (!isOpened) await takeBack();
    throw error;
  });
  return {
    ok: true,
    lines: [problem, ...lines].flatMap((line) => (line === null ? [] : [safe(line)])),
  };
}

/** One that its dashboard did not see the end of, and that cannot be booked yet, goes on. */
async function begin(
  deps: TakeOverDeps,
  threadId: string,
): Promise<{ begun: TakeOver; takeBack(): Promise<void> }> {
  const { task, state, clock } = deps;
  const directory = await task.identity();
  if (directory === null) throw new Error('the task is not there any more');
  const left = await state.readTakeOver(directory);
  const tree = await deps.takeTree().catch(() => null);
  const begun: TakeOver =
    left?.threadId === threadId
      ? { ...left, pid: deps.pid, ended: null }
      : {
          uuid: deps.newUuid(),
          threadId,
          pid: deps.pid,
          startedAt: clock.now(),
          before: (await conversationTotals(deps, threadId)).totals,
          tree: tree && { kind: tree.kind, id: tree.id },
          ended: null,
        };
  await state.writeTakeOver(begun, directory);
  const takeBack = (): Promise<void> =>
    left === null ? state.forgetTakeOver() : state.writeTakeOver(left, directory);
  return { begun, takeBack };
}

async function ended(
  deps: OwnerDeps,
  begun: TakeOver,
  record: RunRecord | null,
): Promise<string | null> {
  const found = await endOf(deps, begun);
  const end = { ...found, at: deps.clock.now() };
  const directory = await deps.task.identity();
  if (directory === null) return null;
  await deps.state.writeTakeOver({ ...begun, ended: end }, directory);
  await book(deps, record);
  const { startedAt: from, before } = begun;
  const usage = usersUsage({ before, ended: end });
  return takenOverSentence({ from, to: end.at, files: end.files, usage });
}

/** Not while a session is open that a dead runner left: the next run closes it first, and books then. */
async function book(deps: OwnerDeps, record: RunRecord | null): Promise<void> {
  if (record !== null && record.session !== null && record.session.ended === null) return;
  const account = record ?? { thread: null, usage: noUsage, session: null };
  if ((await bookTakeOver(deps, account)) === null) return;
  if (record !== null) await deps.claim.record(record);
  await deps.state.forgetTakeOver();
}

/** A daemon of Codex may keep the conversation: it is named, and a session that resumes it waits. */
async function freed(deps: TakeOverDeps, threadId: string): Promise<string | null> {
  let writers = await deps.codex.writersOf(threadId);
  for (let ms = 0; ms < writerPatienceMs && writers.length > 0; ms += lookEveryMs) {
    await deps.delay(lookEveryMs);
    writers = await deps.codex.writersOf(threadId);
  }
  return writers.length === 0 ? null : inUseBy(writers);
}

const longestLine = 1000;

function safe(line: string): string {
  return safeLine(line, longestLine);
}

function no(sentence: string): TakenOver & { ok: false } {
  return { ok: false, sentence: safe(sentence) };
}
