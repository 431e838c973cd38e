// The words for a task's state, and how they follow from the files on disk. The screen and `--list` use
// the same function, so they never disagree.

import { isAllDone } from '../checklist/checklist.ts';
import type { RunRecord } from '../run/record.ts';

export type StateWord =
  | 'idle'
  | 'starting'
  | 'queued'
  | 'running'
  | 'checking'
  | 'reviewing'
  | 'pausing'
  | 'paused'
  | 'waiting'
  | 'needs you'
  | 'interrupted'
  | 'stopped'
  | 'failed'
  | 'done'
  | 'no list';

export type TaskState = {
  word: StateWord;
  /** Why, in one sentence or less ("usage limit"); null when the word says it all. */
  reason: string | null;
  /** Until when it waits, epoch ms; null when it does not wait or the time is not known. */
  until: number | null;
  /** When a task that needs you tries again by itself, epoch ms. Absent or null: not by itself. */
  retriesAt?: number | null;
  /** It needs you although no runner has it: `c` starts one. */
  hasNoRunner?: true;
};

type StateFacts = {
  /** Null when no run was ever recorded for this directory. */
  record: RunRecord | null;
  /** True while the process that wrote the record lives (same pid, start time and boot). */
  runnerLives: boolean;
  /** That process is stopped by a signal. */
  runnerIsStopped?: boolean;
  /** Its directory was made just now, and the runner has not written its record yet. */
  isBeingStarted?: boolean;
  /** True when the machine has restarted since the record was begun. */
  hasRestarted?: boolean;
  /** Another directory than that of its last run, which had not ended, is in its place. */
  isReplaced?: boolean;
  /** Null when there is no task_list.md. */
  progress: { done: number; total: number; missed?: { readonly length: number } } | null;
};

/** The task's state, from the record of its last run and its checklist. Pure and total. */
export function taskState(facts: StateFacts): TaskState {
  const { record } = facts;
  if (record !== null && record.ending === null) {
    if (!facts.runnerLives) return withoutRunner(record);
    return facts.runnerIsStopped === true ? stoppedRunner(record) : stateUnderway(record);
  }
  return stateAtRest(facts);
}

function withoutRunner({ unrecovered }: RunRecord): TaskState {
  if (unrecovered === null) return plain('interrupted');
  return { word: 'needs you', reason: unrecovered, until: null, hasNoRunner: true };
}

/** Nothing but a signal helps, whatever the run was doing. */
function stoppedRunner({ runner: { pid } }: RunRecord): TaskState {
  return {
    word: 'needs you',
    reason: `background process ${pid} is stopped; kill -CONT ${pid} continues it`,
    until: null,
  };
}

function stateUnderway(record: RunRecord): TaskState {
  const { phase } = record;
  const isEnding = phase === 'stopping' || phase === 'closing';
  if (record.pause === 'now' || (record.pause !== 'none' && isEnding)) return plain('pausing');
  switch (phase) {
    case 'queued':
      return { word: 'queued', reason: record.wait?.reason ?? null, until: null };
    case 'waiting':
      return {
        word: 'waiting',
        reason: record.wait?.reason ?? null,
        until: record.wait?.until ?? null,
      };
    case 'needs you':
      return needsYou(record);
    case 'looking':
      // It looks again at what the user is asked about.
      return record.wait === null ? atWork(record) : needsYou(record);
    case 'starting':
    case 'working':
    case 'stopping':
    case 'closing':
    case 'resting':
    case 'ended':
      return atWork(record);
    default:
      return phase satisfies never;
  }
}

function needsYou({ wait }: RunRecord): TaskState {
  return {
    word: 'needs you',
    reason: wait?.reason ?? null,
    until: null,
    retriesAt: wait?.until ?? null,
  };
}

function atWork(record: RunRecord): TaskState {
  return {
    word: workingWord(record),
    reason: record.pause === 'after session' ? pausesAfterSession : null,
    until: null,
  };
}

/** The reason of a task whose pause is planned. */
export const pausesAfterSession = 'pauses after this session';

/** Checks may take half an hour, and so may what prepares a worktree: they have words of their own. */
function workingWord(record: RunRecord): StateWord {
  if (record.stage?.left[0] === 'checks') return 'checking';
  if (record.stage?.left[0] === 'prepare') return 'starting';
  if (record.session?.role === 'reviewer' && record.session.ended === null) return 'reviewing';
  return isBeforeFirstSession(record) ? 'starting' : 'running';
}

/** A run counts its first session when it asks for the permit to start it. */
function isBeforeFirstSession({ phase, sessionsInRun }: RunRecord): boolean {
  return phase === 'looking' ? sessionsInRun === 0 : phase === 'starting' && sessionsInRun <= 1;
}

function stateAtRest(facts: StateFacts): TaskState {
  const { record, hasRestarted = false, progress, isBeingStarted = false } = facts;
  const isUnmet = record !== null && record.unmet !== null;
  if (progress !== null && isAllDone({ missed: [], ...progress }) && !isUnmet) {
    // A session can put a directory of its own there, with a list that says what it likes.
    return facts.isReplaced === true ? replaced : plain('done');
  }
  const ending = record?.ending ?? null;
  if (ending !== null) {
    switch (ending.kind) {
      case 'failed':
        return { word: 'failed', reason: ending.sentence, until: null };
      case 'paused':
        // A machine that shuts down signals every process to end: that was not the user's pause.
        return plain(hasRestarted && record?.toldToEnd != null ? 'interrupted' : 'paused');
      case 'stopped':
        return { word: 'stopped', reason: ending.sentence, until: null };
      case 'interrupted':
        return plain('interrupted');
      case 'done':
        // The list has open steps again: some were added.
        break;
      default:
        return ending.kind satisfies never;
    }
  }
  if (progress !== null && progress.total > 0) return plain('idle');
  return plain(isBeingStarted ? 'starting' : 'no list');
}

const replaced: TaskState = {
  word: 'interrupted',
  reason: 'another directory was put in its place while it ran: look at its list, then continue',
  until: null,
};

function plain(word: StateWord): TaskState {
  return { word, reason: null, until: null };
}
