// Starts one run: claims the task, reads what earlier runs left, and hands over to the loop. A task has one owner at most.

import { boundsLeft, isInterrupted } from '../../core/run/bounds.ts';
import type { Ending } from '../../core/run/run.ts';
import type { RunSettings } from '../../core/run/settings.ts';
import type { RunRecord } from '../../core/run/record.ts';
import { moment } from '../../core/text/numbers.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import { partsInForce } from '../../core/stage/stage.ts';
import { sameOptions } from '../../core/task/options.ts';
import { takenOverBy } from '../take-over/taken-over-by.ts';
import { readPreviousRun } from './previous-run.ts';
import { startLoop, type RunContext, type RunUnderway } from './loop.ts';
import type { RunListener, RunnerDeps, RunRequest } from './runner-deps.ts';

export type RunStart = RunUnderway | Refusal;

/** `over`: nothing to recover, because another runner was faster and the run has ended. */
type Refusal = { refused: 'busy' | 'over' } & Holder;

/** `isTakenOver`: the user has the task's conversation, and this process lends the terminal. */
type Holder = { pid: number | null; isTakenOver?: true };

/** Claims the task and begins. Resolves when run.json is on disk; throws if it cannot be written. */
export async function startRun(
  asked: RunRequest,
  deps: RunnerDeps,
  listener: RunListener,
): Promise<RunStart> {
  const mended = [
    ...(await deps.state.make(asked.foreignOwner)),
    ...(await deps.task.make(asked.foreignOwner)),
  ];
  const claim = await deps.coordination.claim();
  if (claim === null) return { refused: 'busy', ...(await holderOf(deps)) };
  try {
    const notHere = deps.whyNotHere();
    if (notHere !== null) throw new Error(notHere);
    if (asked.description !== null && (await deps.task.readDescription()) === null) {
      await deps.task.writeDescription(asked.description, new Date(deps.clock.now()));
    }
    const previous = await readPreviousRun(deps, asked);
    if (asked.recovers && (previous.previous === null || previous.previous.ending !== null)) {
      claim.release();
      return { refused: 'over', pid: null };
    }
    await rememberOptions(deps, asked);
    await deps.state.unarchive();
    const { request, notes: ofWorkplace } = await atWorkplace(
      { deps, claim },
      asked,
      previous.previous,
    );
    // The record of the worktree outlives lost options.
    if (request !== asked) await rememberOptions(deps, request);
    const notes = [
      ...mended,
      ...ofWorkplace,
      ...previous.notes,
      ...notesOnLimits(asked.settings, deps.clock.now()),
    ];
    const context = { request, deps, listener, previous: { ...previous, notes }, claim };
    const bounded = request.recovers ? asBefore(context) : withBoundsLeft(context);
    const run = await startLoop(withPartsOf(bounded));
    return { ...run, ended: run.ended.then((ending) => pruned(ending, context)) };
  } catch (error) {
    claim.release();
    throw error;
  }
}

/** `--until 07:00` at 08:00 means tomorrow. */
function notesOnLimits({ limits: { until } }: RunSettings, now: number): string[] {
  if (until === null || new Date(until).getDate() === new Date(now).getDate()) return [];
  return [`This run ends at ${moment(until, now)}, tomorrow (--until).`];
}

/** At the end of a run nobody waits for it. */
async function pruned(ending: Ending, { request, deps }: RunContext): Promise<Ending> {
  const { checkpoints, checkpointsKeptMs } = request.settings;
  const isOver = ending.kind === 'done' || ending.kind === 'failed' || ending.kind === 'stopped';
  if (!isOver || checkpoints === 'off') return ending;
  const tasks = await deps.pruneCheckpoints(checkpointsKeptMs).catch(() => []);
  const sentence = `Old checkpoints were removed: ${tasks.join(', ')}`;
  if (tasks.length > 0) await deps.state.note(sentence).catch(() => {});
  return ending;
}

/**
 * Throws the sentence that says why there is no worktree: the task never works in the project instead. A run that was to be
 * recovered then needs the user: it is not tried again in silence.
 */
async function atWorkplace(
  { deps, claim }: Pick<RunContext, 'deps' | 'claim'>,
  request: RunRequest,
  previous: RunRecord | null,
): Promise<{ request: RunRequest; notes: readonly string[] }> {
  const entered = await deps
    .enterWorkplace(request)
    .catch((error: unknown) => ({ problem: errorMessage(error) }));
  if ('problem' in entered) {
    const { problem: sentence } = entered;
    const isLeft = previous !== null && (request.recovers || previous.unrecovered !== null);
    if (isLeft && !(await isAtWork(deps, previous))) {
      await claim.record({ ...previous, unrecovered: sentence });
    }
    throw new Error(sentence);
  }
  const { path, surroundings = request.surroundings, notes = [] } = entered;
  if (path === request.project) return { request, notes };
  const options = { ...request.options, worktree: true };
  return { request: { ...request, options, workplace: path, surroundings }, notes };
}

/** Codex survives its runner. */
async function isAtWork({ codex }: RunnerDeps, { session }: RunRecord): Promise<boolean> {
  if (session === null || session.ended !== null) return false;
  return codex.codexLives({ uuid: session.uuid, leader: session.codex, log: session.log });
}

/** Before anything starts: whoever recovers this run finds what it was started with. */
async function rememberOptions(
  { state, task }: RunnerDeps,
  { options }: RunRequest,
): Promise<void> {
  const directory = await task.identity();
  if (directory === null) return;
  const kept = await state.readOptions(directory);
  // The user may have taken it back since the options were read.
  const fullAccessOnce = options.fullAccessOnce && kept.fullAccessOnce;
  const begun = { ...options, fullAccessOnce };
  if (!sameOptions(kept, begun)) await state.writeOptions(begun, directory);
}

/** The options may be lost, and with them that the task has a worktree: its sessions are still committed. */
function withPartsOf(context: RunContext): RunContext {
  const { settings, checks, workplace } = context.request;
  if (workplace === undefined) return context;
  return withSettings(context, { stage: partsInForce({ ...settings, checks, worktree: true }) });
}

/** A recovered run is the same run: its record, kept outside the project, says what it may do. */
function asBefore(context: RunContext): RunContext {
  const { previous: record } = context.previous;
  if (record === null) return context;
  const { sandbox, autoContinue, maxSessions, until, planOnly } = record;
  const limits = { ...context.request.settings.limits, until, planOnly };
  return withSettings(
    { ...context, request: { ...context.request, sandbox } },
    { autoContinue, maxSessions, limits },
  );
}

/** A run that continues an interrupted one goes no further than that would have gone. */
function withBoundsLeft(context: RunContext): RunContext {
  const { request, previous } = context;
  const record = previous.previous;
  if (record === null || !isInterrupted(record)) return context;
  const { settings, options } = request;
  return withSettings(context, boundsLeft(record, settings, options.maxSessions));
}

function withSettings(context: RunContext, bounds: Partial<RunSettings>): RunContext {
  const { request, previous } = context;
  const settings = { ...request.settings, ...bounds };
  const beginning = { ...previous.beginning, settings };
  return {
    ...context,
    request: { ...request, settings },
    previous: { ...previous, beginning },
  };
}

/** Its owner; the pid is null if its record is not here, as with another state home. */
async function holderOf({ stateLocation, codex, state, task }: RunnerDeps): Promise<Holder> {
  const record = stateLocation.readRecord();
  if (record !== null && record.ending === null && (await codex.isAlive(record.runner))) {
    return { pid: record.runner.pid };
  }
  return (await takenOverBy({ state, task })) ?? { pid: null };
}
