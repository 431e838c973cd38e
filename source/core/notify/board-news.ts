// What happened to the tasks of a board between two looks at them, for a dashboard that tells the user. The runner tells
// the same events to the user's command, from what it knows itself: see happenings.ts.

import { isBudget } from '../limits/limits.ts';
import { spentTokens } from '../codex/usage.ts';
import { checksNotRun, notReviewed } from '../run/decision/rules.ts';
import type { Board, TaskView } from '../task/board.ts';
import { keyOf } from '../task/task-key.ts';
import type { Happening, NotifyEvent } from './events.ts';

export type BoardNews = Happening & {
  /** The task's name, safe to print. */
  label: string;
  /** The task's project, if the board has several. */
  project?: string;
  /**
   * Names what happened in the project: equal for every dashboard that sees it, and for every look. As long as no session has worked,
   * what comes again is the same.
   */
  key: string;
};

/** `since`: when the first look was; what a task that appears later ended with before it is old. */
export function newsBetween(before: Board, after: Board, since: number): readonly BoardNews[] {
  if (before.tasks === after.tasks) return [];
  const known = new Map(before.tasks.map((view) => [keyOf(view), view]));
  return after.tasks.flatMap((view) => {
    const last = known.get(keyOf(view)) ?? null;
    return last === view || view.archivedAt !== null ? [] : newsOfTask(last, view, since);
  });
}

/** What holds the tasks up at this moment, which is no news from now on. */
export function knownOf(board: Board): readonly BoardNews[] {
  return board.tasks.flatMap((view) =>
    [needOf(view), limitOf(view), failingOf(view)].filter((news) => news !== null),
  );
}

function newsOfTask(before: TaskView | null, after: TaskView, since: number): BoardNews[] {
  const needs = before !== null && needOf(before)?.sentence === needOf(after)?.sentence;
  const fails = before === null || failingOf(before) !== null;
  const waits = before !== null && limitOf(before) !== null;
  return [
    fails ? null : failingOf(after),
    needs ? null : needOf(after),
    waits ? null : limitOf(after),
    endingOf(before, after, since),
  ].filter((news) => news !== null);
}

function needOf(view: TaskView): BoardNews | null {
  const { word, reason } = view.state;
  if (word !== 'needs you') return null;
  return newsOf(view, { event: 'needs you', sentence: reason ?? 'It needs you' });
}

function limitOf(view: TaskView): BoardNews | null {
  const { word, reason } = view.state;
  if (word !== 'waiting' || reason !== 'usage limit') return null;
  return newsOf(view, { event: 'limit', sentence: `It waits for the ${reason}` });
}

/** `baseline`: before the first session of the run has worked. */
function failingOf(view: TaskView): BoardNews | null {
  const { unmet, lastRun, session } = view;
  if (unmet === null || lastRun === null) return null;
  if (unmet === checksNotRun || unmet === notReviewed) return null;
  const isBeforeWork = lastRun.sessions === 0 || session?.role === 'initializer';
  return newsOf(view, { event: isBeforeWork ? 'baseline' : 'check', sentence: unmet });
}

function endingOf(before: TaskView | null, after: TaskView, since: number): BoardNews | null {
  const ending = after.lastRun?.ending ?? null;
  if (ending === null) return null;
  const { kind, sentence, at } = ending;
  const isOld = before === null ? at < since : before.lastRun?.ending?.at === at;
  if (isOld) return null;
  const told = (event: NotifyEvent, words: string): BoardNews =>
    newsOf(after, { event, sentence: words }, String(at));
  switch (kind) {
    case 'done':
      return told('done', `All ${after.total} steps are done`);
    case 'failed':
      return told('failed', sentence ?? 'It failed');
    case 'stopped':
      return sentence !== null && isBudget(sentence)
        ? told('budget', `It has stopped: ${sentence}`)
        : null;
    case 'paused':
    case 'interrupted':
      return null;
    default:
      return kind satisfies never;
  }
}

/** `which`: tells it from another of the same kind after as much work. */
function newsOf(view: TaskView, happening: Happening, which = happening.sentence): BoardNews {
  const { name, label, project, usage, done } = view;
  const worked = usage === null ? 0 : spentTokens(usage);
  const of = project === undefined ? { label } : { label, project };
  return { ...happening, ...of, key: JSON.stringify([name, happening.event, which, worked, done]) };
}
