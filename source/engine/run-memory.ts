// What a new run knows of earlier ones: the record of the last run, if it belongs to this very directory. Where
// there is none (a task begun by another program, a moved project), the end of the log has to do.

import type { Addition } from '../core/prompt.ts';
import { additionsAfterOutcome } from '../core/run-failure.ts';
import { isSameDirectory, type RunRecord, type SessionRecord } from '../core/run-record.ts';
import { bottomOfLadder, type OpenSession, type RunBeginning } from '../core/run.ts';
import type { RunnerDoors, RunRequest } from './runner-doors.ts';
import { lastSessionInLog, type SessionInLog } from './session-in-log.ts';

export type RunMemory = {
  beginning: RunBeginning;
  /** The session that an earlier runner left open. */
  open: SessionRecord | null;
  previous: RunRecord | null;
  /** Sentences to show the user before anything starts. */
  notes: readonly string[];
  takenUpAt: readonly number[];
};

export async function recallRun(doors: RunnerDoors, request: RunRequest): Promise<RunMemory> {
  const { previous, wasElsewhere } = await previousRun(doors);
  const last = previous?.session ?? null;
  const logged = last === null ? await lastSessionInLog(doors.task) : null;
  const open = last === null ? await livingIn(logged, doors) : last.ended === null ? last : null;
  const takenUp = request.takeUp && previous !== null && previous.ending === null;
  // Codex in a moved directory cannot start commands: it is ended and its session closed.
  const mayGoOn = open !== null && !wasElsewhere && (await lives(open, doors));
  const found = open && openSession(open, mayGoOn ? 'alive' : takenUp ? 'dead' : 'left over');
  // A session that is still alive continues its conversation anyway.
  const mustResume = request.resumeLast && found?.is !== 'alive';
  const resuming = mustResume ? await resumableThread(doors, last) : null;
  const notes: string[] = [];
  if (mustResume && resuming === null) {
    notes.push('No conversation to resume (no session.id): starting a fresh one.');
  }
  if (
    previous?.sandbox === 'danger-full-access' &&
    request.sandbox === 'workspace-write' &&
    !takenUp
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
    sessionsStarted: takenUp ? previous.sessionsInRun : found?.is === 'alive' ? 1 : 0,
    failuresInARow: takenUp ? previous.failuresInARow : 0,
    unexplainedInARow: takenUp ? previous.unexplainedInARow : 0,
    // A run that ended starts over on the ladder: the user who continues it has looked at it.
    ladder: previous !== null && isUnfinished(previous) ? previous.ladder : bottomOfLadder,
    tickedBefore: open === null ? null : (previous?.ticked ?? null),
    hadSteps: previous?.hadSteps ?? false,
    resume: resuming,
    additions: logged?.open ? [{ kind: 'interrupted' }] : additionsAfter(last),
    pause: takenUp ? previous.pause : 'none',
    open: found,
  };
  const takenUpAt = takenUp
    ? [...recentTakeUps(previous, doors.clock.now()), doors.clock.now()]
    : [];
  return { beginning, open, previous, notes, takenUpAt };
}

function isUnfinished({ ending, toldToEnd }: RunRecord): boolean {
  return ending === null || (ending.kind === 'paused' && toldToEnd !== null);
}

/** A session that only the log mentions, if its Codex is alive: nothing may start beside it. */
async function livingIn(
  logged: SessionInLog | null,
  doors: RunnerDoors,
): Promise<SessionRecord | null> {
  if (logged === null || logged.open === null) return null;
  return (await lives(logged.open, doors)) ? logged.open : null;
}

function lives({ uuid, codex, log }: SessionRecord, doors: RunnerDoors): Promise<boolean> {
  return doors.codex.codexLives({ uuid, leader: codex, log });
}

function openSession({ number, role, resumes }: SessionRecord, is: OpenSession['is']): OpenSession {
  return { plan: { number, role, resumes, additions: [] }, is };
}

const takeUpWindowMs = 10 * 60_000;
/** A run that loses its runner more often than this in ten minutes has a fault that retrying will not fix. */
export const maxTakeUps = 3;

export function recentTakeUps({ takenUpAt }: RunRecord, now: number): readonly number[] {
  return takenUpAt.filter((at) => at > now - takeUpWindowMs && at <= now);
}

type PreviousRun = { previous: RunRecord | null; wasElsewhere: boolean };

/** First brings here any state that was kept for this directory under another path. */
async function previousRun(doors: RunnerDoors): Promise<PreviousRun> {
  const directory = await doors.task.identity();
  if (directory === null) return { previous: null, wasElsewhere: false };
  const here = await doors.state.readRecord();
  if (here !== null && !isSameDirectory(here.directory, directory)) await forget(here, doors);
  const record = doors.kept.readRecord();
  const wasElsewhere = await doors.kept.bringHere();
  const isOurs = record !== null && isSameDirectory(record.directory, directory);
  return { previous: isOurs ? record : null, wasElsewhere };
}

/** The record belongs to a task that was deleted since: only its processes concern us. */
async function forget({ session }: RunRecord, { codex, state }: RunnerDoors): Promise<void> {
  if (session !== null && session.ended === null) {
    await codex.sweepSession({ uuid: session.uuid, leader: session.codex }, 0);
  }
  await state.restartTimes();
  await state.restartTicks();
}

async function resumableThread(
  doors: RunnerDoors,
  last: SessionRecord | null,
): Promise<string | null> {
  // Deleting session.id makes the next session fresh, so the file must exist even if the record has the id.
  const written = await doors.task.readThreadId();
  return written === null ? null : (last?.threadId ?? written);
}

function additionsAfter(last: SessionRecord | null): readonly Addition[] {
  return last === null || last.ended === null ? [] : additionsAfterOutcome(last.ended.outcome);
}
