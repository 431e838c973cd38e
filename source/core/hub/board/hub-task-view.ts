// The hub's record of a task → what the board shows of it. A record is foreign text: names and sentences are made safe, and
// a number is used only where it can be one of ours.

import { spentTokens } from '../../codex/usage.ts';
import type { RunRecord } from '../../run/record.ts';
import type { TaskView } from '../../task/board.ts';
import { lastRunOf } from '../../task/last-run.ts';
import { newTask } from '../../task/new-task.ts';
import { taskState, type TaskState } from '../../task/state.ts';
import { placed, type TaskPlace } from '../../task/task-key.ts';
import { isDatedName, isTaskName } from '../../task/task.ts';
import { safeLine } from '../../text/safe-text.ts';
import { conversationOf } from '../adopted-run.ts';
import { newerRecordSentence } from '../claim-sentences.ts';
import { isHubId } from '../hub-id.ts';
import { isAtRest, type HubTask, type ReadTask } from '../task-record.ts';
import { agoWords } from './ago-words.ts';
import { boundedRun, mostSteps } from './bounded-run.ts';

type HubTaskFacts = {
  place: TaskPlace;
  found: ReadTask;
  /** For how long its owner has given no sign of life, ms; null while it lives, or if it has none. */
  silentMs: number | null;
  now: number;
};

const goalLength = 40;

export function hubTaskView({ place, found, silentMs, now }: HubTaskFacts): TaskView {
  const { name } = place;
  const valid = isTaskName(name);
  const base: TaskView = {
    ...newTask(placed(place)),
    label: safeLine(name, 255),
    valid: valid && found.kind === 'read',
    problem: valid ? null : 'not a valid name of a task',
  };
  if (found.kind !== 'read') {
    const problem =
      found.kind === 'newer' ? newerRecordSentence : 'what the hub has of it cannot be read';
    return { ...base, state: plain('no list'), problem: base.problem ?? problem };
  }
  const { task } = found;
  const { offer, lease } = task;
  const run = task.run === null ? null : boundedRun(task.run, now);
  const isLive = lease.owner !== null && run !== null && run.ending === null;
  const isWorking = isLive && silentMs === null;
  const { session = null } = run ?? {};
  const thread = run === null ? null : conversationOf(run);
  return {
    ...base,
    goal:
      isDatedName(name) && offer !== null ? safeLine(offer.description, goalLength) || null : null,
    state: hubTaskState({ ...task, run }, silentMs),
    machine: lease.owner === null ? null : safeLine(lease.owner, 63),
    ...progressOf(run),
    unproven: run?.unproven ?? 0,
    unmet: run?.unmet == null ? null : safeLine(run.unmet, 1000),
    session: session && {
      number: session.number,
      role: session.role,
      startedAt: session.startedAt,
      endedAt: session.ended?.at ?? null,
    },
    pausesAfterSession: isWorking && run.pause === 'after session',
    sandbox: isWorking ? run.sandbox : null,
    run: isWorking && isHubId(run.run) ? run.run : null,
    lastRun: lastRunOf(run),
    threadId: thread === null ? null : safeLine(thread, 64),
    usage: run !== null && spentTokens(run.usage) > 0 ? run.usage : null,
    lastWorkedAt: session?.ended?.at ?? session?.startedAt ?? null,
  };
}

/** Its reason is safe to print. `silentMs`: see above. */
function hubTaskState(
  {
    lease: { owner },
    offer,
    run,
    continued,
  }: Pick<HubTask, 'lease' | 'offer' | 'run' | 'continued'>,
  silentMs: number | null,
): TaskState {
  if (run !== null && isAtRest({ run, continued })) return stateAtRest(run);
  if (owner === null) {
    if (run?.unrecovered != null)
      return { ...because('needs you', run.unrecovered), hasNoRunner: true };
    if (offer === null) return because('interrupted', 'it stays with the machine that has it');
    return because('queued', `waits for ${offer.pinned ?? 'a machine'}`);
  }
  if (silentMs !== null) {
    return because('interrupted', `nothing heard from ${owner} for ${agoWords(silentMs)}`);
  }
  if (run === null || run.ending !== null) return plain('starting');
  const state = taskState({ record: run, runnerLives: true, progress: null });
  return { ...state, reason: state.reason === null ? null : safeLine(state.reason, 1000) };
}

function stateAtRest({ ending }: RunRecord): TaskState {
  // Without an ending it would not be at rest.
  const { kind, sentence } = ending ?? { kind: 'interrupted', sentence: null };
  return sentence === null || kind === 'done' ? plain(kind) : because(kind, sentence);
}

function plain(word: TaskState['word']): TaskState {
  return { word, reason: null, until: null };
}

function because(word: TaskState['word'], reason: string): TaskState {
  return { word, reason: safeLine(reason, 1000), until: null };
}

/** The look at the list before the last tick may be the last one that a run records: done means that all are ticked. */
function progressOf(run: RunRecord | null): Pick<TaskView, 'done' | 'total' | 'hasList'> {
  const { steps = null, ticked = null, hadSteps = false, ending = null } = run ?? {};
  const total = steps === null || steps > mostSteps ? 0 : steps;
  const done = ending?.kind === 'done' ? total : (ticked ?? 0);
  return { done: Math.min(done, total), total, hasList: hadSteps || total > 0 };
}
