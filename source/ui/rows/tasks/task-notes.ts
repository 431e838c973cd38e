// What there is to say about a task beside its bar: why it does not run, or what runs since when; above all, that
// it has full access.

import type { TaskView } from '../../../core/task/board.ts';
import { glyphs } from '../../look/glyphs.ts';
import { isUnderWay, stateReason } from '../../look/state-words.ts';
import { cutFront } from '../../look/text-width.ts';
import { elapsed } from '../../../core/text/numbers.ts';
import { dim, run, runsWidth, type StyleRun } from '../row.ts';
import { isInFullAccess } from './task-window.ts';

export type NoteContext = {
  readonly now: number;
  readonly width: number;
  /** The word of the state stands in a column of its own. */
  readonly hasWord?: boolean;
};

export function noteRuns(task: TaskView, context: NoteContext): StyleRun[] {
  const { width } = context;
  const badge = isInFullAccess(task) ? [run('full access', { color: 'alarm' }), run('  ')] : [];
  const shared = sharedRuns(task, width - runsWidth(badge));
  const room = width - runsWidth(badge) - runsWidth(shared);
  // The list's own column says that there is none.
  if (task.state.word === 'no list' && task.valid) return [...badge, ...shared];
  const words =
    reasonNote(task, { ...context, width: room }) ??
    restingWord(task) ??
    sessionNote(task, { ...context, width: room });
  // Half a word would say less than none.
  if (shared.length > 0 && words.length > room) return [...badge, ...shared];
  return [...badge, ...shared, run(words, dim)];
}

/** `src/a.ts also changed by tidy-css`, for both of them. */
function sharedRuns({ sharedFile }: TaskView, width: number): StyleRun[] {
  if (sharedFile === null) return [];
  const words = ` also changed by ${sharedFile.task}`;
  const path = cutFront(sharedFile.path, Math.max(8, width - words.length - 2));
  return [run(path + words, { color: 'waiting' }), run('  ')];
}

/** With so much room a word before it leaves enough of a reason. */
const roomForWord = 40;

/** With the state before it where that is neither said already nor understood. */
function reasonNote(task: TaskView, context: NoteContext): string | null {
  const { now, width, hasWord } = context;
  const reason = stateReason(task, now, width);
  const { word } = task.state;
  if (reason === null) return null;
  if (word === 'running' && reason === task.state.reason) return sessionNote(task, context, reason);
  const isUnderstood = word !== 'needs you' && word !== 'failed' && word !== 'stopped';
  if (hasWord || isUnderstood || reason.startsWith(word)) return reason;
  const whole = `${word}: ${reason}`;
  if (whole.length <= width) return whole;
  return reason.length <= width || width < roomForWord ? reason : whole;
}

/** The longest that fits: `running · executor · session 4 · 3m 12s` down to `running`, or what else is to be said */
function sessionNote(
  { session, state }: TaskView,
  { now, width, hasWord }: NoteContext,
  last: string | null = null,
): string {
  if (session === null) return last ?? state.word;
  const number = `session ${session.number}`;
  const time = elapsed((session.endedAt ?? now) - session.startedAt);
  const more = last === null ? [] : [last];
  const words = [
    ...(hasWord ? [] : [[state.word, session.role, number, time, ...more]]),
    [...(hasWord ? [session.role] : [state.word]), number, time, ...more],
    [number, time, ...more],
  ].map((parts) => parts.join(` ${glyphs.between} `));
  return words.find((some) => some.length <= width) ?? last ?? state.word;
}

function restingWord({ state }: TaskView): string | null {
  return isUnderWay(state.word) || state.word === 'no list' ? null : state.word;
}
