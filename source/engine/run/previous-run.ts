// What a new run knows of earlier ones: the record of the last run, if it belongs to this very directory. Where
// there is none (a task begun by another program, a moved project), the end of the log has to do.

import { lastConversation } from '../../core/task/last-conversation.ts';
import type { Addition } from '../../core/codex/prompt.ts';
import { additionsAfterOutcome } from '../../core/run/decision/after-failure.ts';
import { isInterrupted } from '../../core/run/bounds.ts';
import { isSameDirectory, type RunRecord, type SessionRecord } from '../../core/run/record.ts';
import { spentTokens, noUsage } from '../../core/codex/usage.ts';
import { nothingSpent } from '../../core/limits/limits.ts';
import { bottomOfLadder, type OpenSession, type RunBeginning } from '../../core/run/run.ts';
import { lookedAt, noReview, type Review } from '../../core/review/review.ts';
import type { RunnerDeps, RunRequest } from './runner-deps.ts';
import { lastSessionInLog, type SessionInLog } from '../session/in-log.ts';
import { removeCopied } from '../session/output.ts';

export type PreviousRun = {
  beginning: RunBeginning;
  /** The session that an earlier runner left open. */
  open: SessionRecord | null;
  previous: RunRecord | null;
  /** Sentences to show the user before anything starts. */
  notes: readonly string[];
  takenUpAt: readonly number[];
};

export async function readPreviousRun(deps: RunnerDeps, request: RunRequest): Promise<PreviousRun> {
  const { previous, wasElsewhere } = await findRecord(deps);
  const last = previous?.session ?? null;
  await removeLeftOutput(deps, last);
  const logged = last === null ? await lastSessionInLog(deps.task) : null;
  const open = last === null ? await livingIn(logged, deps) : last.ended === null ? last : null;
  const isRecovered = request.recovers && previous !== null && previous.ending === null;
  // Codex in a moved directory cannot start commands: it is ended and its session closed.
  const mayGoOn = open !== null && !wasElsewhere && (await lives(open, deps));
  const found = open && openSession(open, mayGoOn ? 'alive' : isRecovered ? 'dead' : 'left over');
  // A session that is still alive continues its conversation anyway.
  const mustResume = request.resumeLast && found?.is !== 'alive';
  const resuming = mustResume ? await resumableThread(deps, last) : null;
  const notes: string[] = [];
  if (mustResume && resuming === null) {
    notes.push('No conversation to resume (no session.id): starting a fresh one.');
  }
  if (
    previous?.sandbox === 'danger-full-access' &&
    request.sandbox === 'workspace-write' &&
    !isRecovered
  ) {
    notes.push(
      found?.is === 'alive'
        ? 'The running session has full access; later ones run in workspace-write (--network gives full access).'
        : 'The last run had full access; this one runs in workspace-write (--network gives full access).',
    );
  }
  const beginning: RunBeginning = {
    settings: request.settings,
    nextSession: (last?.number ?? logged?.number ?? 0) + 1,
    sessionsStarted: isRecovered ? previous.sessionsInRun : found?.is === 'alive' ? 1 : 0,
    failuresInARow: isRecovered ? previous.failuresInARow : 0,
    unexplainedInARow: isRecovered ? previous.unexplainedInARow : 0,
    // A run that ended starts over on the ladder: the user who continues it has looked at it.
    ladder: previous !== null && isInterrupted(previous) ? previous.ladder : bottomOfLadder,
    tickedBefore: open === null ? null : (previous?.ticked ?? null),
    hadSteps: previous?.hadSteps ?? false,
    spent: {
      tokens: spentTokens(previous?.usage ?? noUsage),
      worked: isRecovered ? await workedBefore(previous, mayGoOn, deps) : nothingSpent.worked,
    },
    resume: resuming,
    additions: logged?.open ? [{ kind: 'interrupted' }] : additionsAfter(last),
    told: previous?.told ?? [],
    unproven: previous?.unproven ?? 0,
    repairs: isRecovered ? previous.repairs : 0,
    held: isRecovered ? previous.held : null,
    review: reviewOf(previous, isRecovered),
    wasDone: previous?.ending?.kind === 'done',
    stage: previous?.stage ?? null,
    pause: isRecovered ? previous.pause : 'none',
    open: found,
  };
  const takenUpAt = isRecovered
    ? [...recentRecoveries(previous, deps.clock.now()), deps.clock.now()]
    : [];
  return { beginning, open, previous, notes, takenUpAt };
}

/** Whoever continues a run that has ended has had a look. */
function reviewOf(previous: RunRecord | null, isRecovered: boolean): Review {
  const review = previous?.review ?? noReview;
  if (isRecovered || (previous !== null && isInterrupted(previous))) return review;
  // What was accepted may have been changed since, unless the run came to its end with it.
  const accepted = review.accepted && previous?.ending?.kind === 'done';
  return { ...lookedAt(review), accepted };
}

/** Of a session that died with its runner, up to its last word: how long it lived after that, nobody knows. */
async function workedBefore(
  { worked, session }: RunRecord,
  livesOn: boolean,
  { state }: RunnerDeps,
): Promise<RunRecord['worked']> {
  const { ms, since } = worked;
  if (since === null || livesOn) return worked;
  const lastAt = session === null ? null : await state.outputChangedAt(session.uuid);
  return { ms: ms + Math.max(0, (lastAt ?? since) - since), since: null };
}

/** What a runner left that died after it had recorded a session's end, or before it had recorded its start. */
async function removeLeftOutput(deps: RunnerDeps, last: SessionRecord | null): Promise<void> {
  try {
    if (last !== null) await removeCopied(deps, last);
    if (last === null || last.ended !== null) await deps.state.removeEmptyOutputs();
  } catch {
    // It takes space, nothing more.
  }
}

/**
 * A session that only the log mentions, if its Codex is alive: nothing may start beside it. Not if it is another task's:
 * the log was copied or moved here.
 */
async function livingIn(
  logged: SessionInLog | null,
  deps: RunnerDeps,
): Promise<SessionRecord | null> {
  if (logged === null || logged.open === null) return null;
  if (deps.stateLocation.isOfAnotherTask(logged.open.uuid)) return null;
  return (await lives(logged.open, deps)) ? logged.open : null;
}

function lives({ uuid, codex, log }: SessionRecord, deps: RunnerDeps): Promise<boolean> {
  return deps.codex.codexLives({ uuid, leader: codex, log });
}

function openSession({ number, role, resumes }: SessionRecord, is: OpenSession['is']): OpenSession {
  return { plan: { number, role, resumes, additions: [] }, is };
}

const recoveryWindowMs = 10 * 60_000;
/** A run that loses its runner more often than this in ten minutes has a fault that retrying will not fix. */
export const maxRecoveries = 3;

export function recentRecoveries({ takenUpAt }: RunRecord, now: number): readonly number[] {
  return takenUpAt.filter((at) => at > now - recoveryWindowMs && at <= now);
}

type FoundRecord = { previous: RunRecord | null; wasElsewhere: boolean };

/** First brings here any state that was kept for this directory under another path. */
async function findRecord(deps: RunnerDeps): Promise<FoundRecord> {
  const directory = await deps.task.identity();
  if (directory === null) return { previous: null, wasElsewhere: false };
  const here = await deps.state.readRecord();
  if (here !== null && !isSameDirectory(here.directory, directory)) await forget(here, deps);
  const record = deps.stateLocation.readRecord();
  const wasElsewhere = await deps.stateLocation.bringHere();
  const isOurs = record !== null && isSameDirectory(record.directory, directory);
  return { previous: isOurs ? record : null, wasElsewhere };
}

/** The record belongs to a task that was deleted since: only its processes concern us. */
async function forget({ session }: RunRecord, { codex, state }: RunnerDeps): Promise<void> {
  if (session !== null && session.ended === null) {
    await codex.sweepSession({ uuid: session.uuid, leader: session.codex }, 0);
  }
  await state.restartTimes();
  await state.restartStepTimes();
  await state.restartCopies();
  await state.restartJournal();
}

async function resumableThread(
  deps: RunnerDeps,
  last: SessionRecord | null,
): Promise<string | null> {
  return lastConversation(last, await deps.task.readThreadId());
}

function additionsAfter(last: SessionRecord | null): readonly Addition[] {
  return last === null || last.ended === null ? [] : additionsAfterOutcome(last.ended.outcome);
}
