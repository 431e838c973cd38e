// Disk → TaskView: what a task's directory and its record say, for the screen and `--list` alike. Reading changes
// no file. All text that was read is untrusted and passes clean().

import type { TaskView } from '../../core/task/board.ts';
import { readChangedFiles } from '../../core/task/changed-files.ts';
import { checklistSummary } from '../../core/checklist/summary.ts';
import { cleanLine } from '../../core/text/clean.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import { readTimeNotes } from '../../core/log/times.ts';
import { lastRunOf } from '../../core/task/last-run.ts';
import { recentActivity } from '../../core/task/recent-activity.ts';
import { isSameDirectory, type RunRecord } from '../../core/run/record.ts';
import {
  generatedTaskName,
  isDatedName,
  isTaskName,
  linkedTask,
  shellQuoted,
} from '../../core/task/task.ts';
import { checksNotRun, notReviewed } from '../../core/run/decision/rules.ts';
import { isAllDone } from '../../core/checklist/checklist.ts';
import { taskState } from '../../core/task/state.ts';
import type { TaskBranch } from '../../core/worktree/task-branch.ts';
import type { ProcessIdentity, ProcessLife } from '../../core/run/record.ts';
import { maxRecoveries, recentRecoveries } from '../run/previous-run.ts';
import type { StateSnapshot } from '../../system/state/state-snapshot.ts';
import type { ListFile } from '../../system/state/task-files.ts';
import type { TaskSnapshot } from '../../system/state/task-snapshot.ts';

export type TaskReadingDeps = {
  task(name: string): TaskSnapshot;
  state(name: string): StateSnapshot;
  /** Of a task with a worktree. Default: none has one. */
  branch?(name: string): TaskBranch | null;
  /** Whether only a worker of a hub starts it. */
  isOfHub(name: string): boolean;
  lifeOf(identity: ProcessIdentity): Promise<ProcessLife>;
  bootId: string;
  now(): number;
};

/** `for a line`: without the next step and the running session's activity, which `--list` does not show. */
type ViewDetail = 'whole' | 'for a line';

export async function readTaskView(
  deps: TaskReadingDeps,
  name: string,
  detail: ViewDetail = 'whole',
): Promise<TaskView> {
  const task = deps.task(name);
  const isLink = task.isLink();
  const list = task.readList();
  const progress = checklistSummary(
    list.kind === 'text' ? list.text : '',
    detail === 'whole' ? 'with the next step' : 'counts only',
  );
  const { record, isReplaced } = isTaskName(name) ? recordOfDirectory(deps, name) : noRecord;
  const life =
    record === null || record.ending !== null ? 'gone' : await deps.lifeOf(record.runner);
  const runnerLives = life !== 'gone';
  const hasList = list.kind === 'text';
  const hubBegins = record === null && !hasList && deps.isOfHub(name);
  const state = taskState({
    record,
    runnerLives,
    runnerIsStopped: life === 'stopped',
    isBeingStarted: record === null && !hasList && !hubBegins && isBeingStarted(deps, name),
    hasRestarted: record !== null && record.runner.bootId !== deps.bootId,
    isReplaced,
    progress: hasList ? progress : null,
  });
  const isUnderway = record !== null && runnerLives;
  const isOfHub = hubBegins || (state.word === 'interrupted' && deps.isOfHub(name));
  const byHub = hubBegins ? 'a worker of its hub begins it' : 'a worker of its hub goes on';
  const reason = isOfHub ? byHub : state.reason;
  return {
    name,
    label: cleanLine(name, { maxLength: 255 }),
    goal: isDatedName(name) && !isLink ? firstWords(task.readDescription()) : null,
    valid: isTaskName(name) && !isLink,
    mend: isTaskName(name) || isLink ? null : renamingCommand(deps, name),
    state: { ...state, reason: reason === null ? null : safeLine(reason, 1000) },
    done: progress.done,
    total: progress.total,
    hasList,
    nextStep: progress.next && { ...progress.next, text: safeLine(progress.next.text, 1000) },
    missed: progress.missed.map(({ line, text }) => ({ line, text: safeLine(text, 1000) })),
    unproven: record?.unproven ?? 0,
    unmet: shownUnmet(record, progress),
    session: sessionOf(record),
    pausesAfterSession: isUnderway && record.pause === 'after session',
    threadId: task.readThreadId(),
    sandbox: isUnderway ? record.sandbox : null,
    runnerPid: isUnderway ? record.runner.pid : null,
    runner: isUnderway ? record.runner : null,
    runnerIsStopped: life === 'stopped',
    run: isUnderway ? record.run : null,
    lastRun: lastRunOf(record),
    orphaned:
      record !== null &&
      record.ending === null &&
      record.unrecovered === null &&
      !runnerLives &&
      !isOfHub &&
      record.runner.bootId === deps.bootId &&
      recentRecoveries(record, deps.now()).length < maxRecoveries,
    branch: isTaskName(name) && !isLink ? (deps.branch?.(name) ?? null) : null,
    ...sessionFacts(deps, name, isUnderway && detail === 'whole' ? record : null),
    sharedFile: null,
    usage: record?.usage ?? null,
    archivedAt:
      !isTaskName(name) || isUnderway
        ? null
        : deps.state(name).archivedAt(() => deps.task(name).identity()),
    lastWorkedAt: record?.session?.ended?.at ?? task.logChangedAt(),
    problem: isLink ? linkedTask : problemOf(list),
  };
}

const goalLength = 40;

function firstWords(description: string | null): string | null {
  return safeLine(description ?? '', goalLength) || null;
}

function problemOf(list: ListFile): string | null {
  return list.kind === 'unreadable' ? safeLine(list.sentence, 1000) : null;
}

type FoundRecord = {
  record: RunRecord | null;
  /** A run is under way, or was interrupted, in another directory that stood here before. */
  isReplaced: boolean;
};

const noRecord: FoundRecord = { record: null, isReplaced: false };

/** A record counts only for the directory it was made for: deleting the directory restarts the task. */
function recordOfDirectory(deps: TaskReadingDeps, name: string): FoundRecord {
  const record = recordIn(deps.state(name));
  if (record === null) return noRecord;
  const directory = deps.task(name).identity();
  if (directory === null) return noRecord;
  return isSameDirectory(directory, record.directory)
    ? { record, isReplaced: false }
    : { record: null, isReplaced: record.ending === null };
}

/** A start takes less than this, from the directory to the first record. */
const longestStartMs = 10_000;

/** A directory with state beside it was made by a runner, not by hand. */
function isBeingStarted(deps: TaskReadingDeps, name: string): boolean {
  const bornAt = deps.task(name).identity()?.bornAt ?? null;
  if (bornAt === null || !isTaskName(name)) return false;
  return deps.now() - bornAt < longestStartMs && deps.state(name).isThere();
}

function recordIn(state: StateSnapshot): RunRecord | null {
  try {
    return state.readRecord();
  } catch {
    return null;
  }
}

function sessionOf(record: RunRecord | null): TaskView['session'] {
  const session = record?.session ?? null;
  if (session === null) return null;
  const { number, role, startedAt, ended } = session;
  return { number, role, startedAt, endedAt: ended?.at ?? null };
}

/** Facts about the running session; `record` is null if no run is under way or the facts are not needed. */
function sessionFacts(
  deps: TaskReadingDeps,
  name: string,
  record: RunRecord | null,
): Pick<TaskView, 'changedFiles' | 'activity'> {
  if (record === null || record.session === null || record.session.ended !== null) {
    return { changedFiles: [], activity: [] };
  }
  const state = deps.state(name);
  return {
    changedFiles: readChangedFiles(state.readFiles()),
    activity: recentActivity(readTimeNotes(state.readLastTimes()), deps.now()),
  };
}

/** `mv -- '.autonomous/my task' .autonomous/task`. A free name is needed: mv would move into an existing directory. */
function renamingCommand(deps: TaskReadingDeps, name: string): string {
  const safe = generatedTaskName(name, 0);
  const better = isDatedName(safe) ? 'renamed-task' : safe;
  let free = better;
  for (let number = 2; number < 1000; number++) {
    const other = deps.task(free);
    if (other.identity() === null && !other.isLink()) break;
    free = `${better}-${number}`;
  }
  return `mv -- ${shellQuoted(`.autonomous/${name}`)} .autonomous/${free}`;
}

/** That something has not been proven yet says nothing while steps are open. */
function shownUnmet(
  record: RunRecord | null,
  progress: ReturnType<typeof checklistSummary>,
): string | null {
  const unmet = record?.unmet ?? null;
  if (unmet === null) return null;
  const isOpen = unmet === checksNotRun || unmet === notReviewed;
  return isOpen && !isAllDone(progress) ? null : safeLine(unmet, 1000);
}
