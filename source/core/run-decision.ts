// What comes next, decided in two moments only: when the checklist was looked at, and when a session is
// over. Everything else in a run is getting from one of these moments to the other.

import { failureLine, noChecklist, type Failure } from './failure.ts';
import type { Ending } from './run-record.ts';
import {
  ended,
  failedEnding,
  look,
  note,
  pausedEnding,
  wakeAt,
  type Effect,
  type Fact,
  type ListLook,
  type Next,
  type Run,
  type SessionPlan,
} from './run.ts';

type Looked = Extract<Fact, { kind: 'looked' }>;
type Closed = Extract<Fact, { kind: 'closed' }>;

/** So many failed sessions in a row end the run. */
export const maxFailuresInARow = 5;

export function decide(run: Run, { fact, at }: { fact: Looked | Closed; at: number }): Next {
  return fact.kind === 'looked' ? afterLook(run, fact, at) : afterSession(run, fact, at);
}

function afterLook(run: Run, { list, hasDescription }: Looked, at: number): Next {
  if (run.trouble !== null) return ended(run, failedEnding(run.trouble, at));
  const seen = remembering(run, list);
  const over = endingByList(seen, list, at);
  if (over !== null) return ended(seen, over);
  if (run.pause !== 'none') return ended(seen, pausedEnding(at));
  if (sessionsUsedUp(run)) return ended(seen, stoppedEnding(run, at));
  if (hasSteps(list)) return start(seen, 'executor');
  if (!hasDescription) {
    return ended(
      seen,
      failedEnding(
        'There is no usable task_list.md and no description to plan from: start with a description and --task-name',
        at,
      ),
    );
  }
  return start(seen, 'initializer');
}

function afterSession(before: Run, { failure: failedBy, list }: Closed, at: number): Next {
  if (before.phase.name !== 'closing') return { run: before, effects: [] };
  const { plan, of } = before.phase;
  const run = remembering(before, list);
  const failure = failedBy ?? (plan.role === 'initializer' ? missingSteps(list) : null);
  // It counts for nothing in this run, whose first session is still to come.
  if (of === 'a run before') return look({ ...run, additions: additionsAfter(failure) });
  const effects = announced(plan, failure, list);

  const over = endingByList(run, list, at);
  if (over !== null) return after(effects, ended(run, over));
  if (run.trouble !== null) return after(effects, ended(run, failedEnding(run.trouble, at)));
  if (run.pause !== 'none') return after(effects, ended(run, pausedEnding(at)));
  return after(effects, failure === null ? afterSuccess(run, at) : afterFailure(run, failure, at));
}

function afterSuccess(before: Run, at: number): Next {
  const run: Run = { ...before, failuresInARow: 0, additions: additionsAfter(null) };
  if (!run.settings.autoContinue || sessionsUsedUp(run)) {
    return ended(run, stoppedEnding(run, at));
  }
  const { restMs } = run.settings;
  const resting = rest(run, { until: at + restMs, because: null });
  return after([{ do: 'say', announcement: { kind: 'rest', delayMs: restMs } }], resting);
}

function afterFailure(before: Run, failure: Failure, at: number): Next {
  const failuresInARow = before.failuresInARow + 1;
  const run: Run = { ...before, failuresInARow, additions: additionsAfter(failure) };
  // A session whose conversation was gone was none: the one that was asked for is still to come.
  const mayGoOn = run.settings.autoContinue || failure.reason === 'conversation gone';
  if (!mayGoOn || sessionsUsedUp(run) || failuresInARow >= maxFailuresInARow) {
    return ended(run, failedEnding(failureLine(failure), at));
  }
  if (failure.answer === 'fresh thread') {
    return after(
      [note(`${failure.sentence}: going on with a fresh one.`)],
      rest(run, { until: at, because: failure }),
    );
  }
  const delayMs = backOffMs(failuresInARow);
  const resting = rest(run, { until: at + delayMs, because: failure });
  return after(
    [{ do: 'say', announcement: { kind: 'back off', delayMs, failure, failuresInARow } }],
    resting,
  );
}

/** 1 s, doubled with each failure in a row, at most a minute. */
export function backOffMs(failuresInARow: number): number {
  return Math.min(60_000, 1000 * 2 ** (failuresInARow - 1));
}

function start(run: Run, role: SessionPlan['role']): Next {
  const plan: SessionPlan = {
    number: run.nextSession,
    role,
    resumes: role === 'executor' ? run.resume : null,
    additions: run.additions,
  };
  const starting: Run = {
    ...run,
    phase: { name: 'starting', plan },
    epoch: run.epoch + 1,
    nextSession: run.nextSession + 1,
    sessionsStarted: run.sessionsStarted + 1,
    // A resumed conversation is for the run's first session; those after it start fresh.
    resume: null,
    additions: [],
  };
  return {
    run: starting,
    effects: [
      { do: 'say', announcement: { kind: 'session', number: plan.number, role } },
      { do: 'start', plan },
    ],
  };
}

function rest(run: Run, { until, because }: { until: number; because: Failure | null }): Next {
  return wakeAt({ ...run, phase: { name: 'resting', until, because } }, until);
}

/** Endings that the list alone decides: all ticked, unreadable, or gone after it once had steps. */
function endingByList(run: Run, list: ListLook, at: number): Ending | null {
  switch (list.kind) {
    case 'unreadable':
      return failedEnding(list.sentence, at);
    case 'missing':
      return run.hadSteps
        ? failedEnding(
            'task_list.md is gone: put it back, or delete the task directory to start over',
            at,
          )
        : null;
    case 'read':
      if (list.total === 0) {
        return run.hadSteps
          ? failedEnding(
              'task_list.md has no steps any more: put them back, or delete the task directory to start over',
              at,
            )
          : null;
      }
      return list.done === list.total ? { kind: 'done', sentence: null, at } : null;
    default:
      return list satisfies never;
  }
}

function announced(plan: SessionPlan, failure: Failure | null, list: ListLook): Effect[] {
  const effects: Effect[] = [];
  if (failure === null) {
    effects.push({ do: 'say', announcement: { kind: 'session complete', role: plan.role } });
  }
  if (list.kind === 'read' && list.total > 0) {
    effects.push({
      do: 'say',
      announcement: { kind: 'progress', done: list.done, total: list.total },
    });
  }
  return effects;
}

/** What the next session has to know of the one before it. */
function additionsAfter(failure: Failure | null): SessionPlan['additions'] {
  switch (failure?.reason) {
    case undefined:
      return [];
    case 'context full':
      return [{ kind: 'context-full' }];
    case 'conversation gone':
      return [{ kind: 'conversation-gone' }];
    case 'no checklist':
      return [{ kind: 'no-checklist' }];
    default:
      return [{ kind: 'interrupted' }];
  }
}

function missingSteps(list: ListLook): Failure | null {
  return hasSteps(list) ? null : noChecklist;
}

function remembering(run: Run, list: ListLook): Run {
  return run.hadSteps || !hasSteps(list) ? run : { ...run, hadSteps: true };
}

function hasSteps(list: ListLook): boolean {
  return list.kind === 'read' && list.total > 0;
}

function sessionsUsedUp({ settings, sessionsStarted }: Run): boolean {
  return settings.maxSessions !== null && sessionsStarted >= settings.maxSessions;
}

function stoppedEnding({ settings }: Run, at: number): Ending {
  const sentence = settings.autoContinue
    ? 'as many sessions as asked for'
    : 'one session, as asked';
  return { kind: 'stopped', sentence, at };
}

function after(effects: readonly Effect[], next: Next): Next {
  return { run: next.run, effects: [...effects, ...next.effects] };
}
