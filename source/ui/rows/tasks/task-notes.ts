// The note beside or below a task's bar: full access first, then why the task does not run, or which session runs and
// for how long and on which machine, then what stands against its end: a failing check, and ticks that nothing proved.

import { roleWord } from '../../../core/task/task.ts';
import type { TaskView } from '../../../core/task/board.ts';
import { shortBranchWords } from '../../../core/worktree/task-branch.ts';
import { glyphs } from '../../look/glyphs.ts';
import { isUnderWay, stateReason } from '../../look/state-words.ts';
import { cutEnd, cutFront, textWidth } from '../../look/text-width.ts';
import { elapsed } from '../../../core/text/numbers.ts';
import { dim, run, runsWidth, type StyleRun } from '../row.ts';
import { isInFullAccess } from './task-window.ts';

type NoteContext = {
  readonly now: number;
  readonly width: number;
  /** The state's word has its own column. */
  readonly hasWord?: boolean;
};

export function noteRuns(task: TaskView, context: NoteContext): StyleRun[] {
  const { width } = context;
  const fullAccess = isInFullAccess(task)
    ? [run('full access', { color: 'alarm' }), run('  ')]
    : [];
  const badge = [...fullAccess, ...machineRuns(task, width - runsWidth(fullAccess))];
  const shared = sharedRuns(task, width - runsWidth(badge));
  const room = width - runsWidth(badge) - runsWidth(shared);
  // The column of the bar says `not planned yet`.
  if (task.state.word === 'no list' && task.valid) return [...badge, ...shared];
  const first = [...badge, ...shared];
  const doubts = fittingDoubts(task, room);
  if (doubts.length > 0) {
    const space = room - runsWidth(doubts);
    const isSaid = context.hasWord === true && restingWord(task) !== null;
    const words = isSaid ? '' : wordsOf(task, { ...context, width: space });
    const word = [words, task.state.word].find((one) => one !== '' && textWidth(one) <= space);
    const isNeeded = !isSaid && task.state.word !== 'running';
    if (word !== undefined && (word === words || isNeeded)) {
      return [...first, run(word, dim), ...doubts];
    }
    // Without the separator. Why the task is held up says more.
    if (!isHeldUp(task)) return [...first, ...doubts.slice(1)];
  }
  const words = wordsOf(task, { ...context, width: room });
  // A cut word would say less than none.
  if (shared.length > 0 && words.length > room) return first;
  return [...first, run(withBranch(words, task, room), dim)];
}

/** `on machine-b`, where it leaves room for the words. */
function machineRuns({ machine = null }: TaskView, width: number): StyleRun[] {
  const words = machine === null ? '' : cutEnd(`on ${machine}`, mostForMachine);
  return words === '' || textWidth(words) + 2 + shortestWords > width
    ? []
    : [run(words, { color: 'accent' }), run('  ')];
}

const mostForMachine = 23;
/** `interrupted` */
const shortestWords = 11;

/** `session 4 · 3m 12s · branch +3`, if all of it fits. */
function withBranch(words: string, { branch }: TaskView, width: number): string {
  if (branch === null) return words;
  const short = shortBranchWords(branch);
  const all = words === '' ? short : `${words} ${glyphs.between} ${short}`;
  return textWidth(all) <= width ? all : words;
}

function wordsOf(task: TaskView, context: NoteContext): string {
  return reasonNote(task, context) ?? restingWord(task) ?? sessionNote(task, context);
}

/** Cells that the words before them need at least: `session 4 · 3m 12s`, `needs you`. */
const roomBeforeDoubts = 18;

/** ` · check fails: npm test · 2 unproven`, as far as there is room for it. The failing check comes first. */
function fittingDoubts(task: TaskView, width: number): StyleRun[] {
  const doubts = doubtsOf(task);
  const runs = (some: readonly string[]): StyleRun[] =>
    some.flatMap((one) => [run(` ${glyphs.between} `, dim), run(one, { color: 'waiting' })]);
  for (let count = doubts.length; count > 0; count--) {
    const some = runs(doubts.slice(0, count));
    if (runsWidth(some) + roomBeforeDoubts <= width) return some;
  }
  const [first] = isHeldUp(task) ? [] : doubts;
  return first === undefined ? [] : runs([cutEnd(first, Math.max(8, width))]);
}

/** What stands against the end besides open steps, unless the state's reason says it. */
function doubtsOf({ unmet, unproven, state }: TaskView): readonly string[] {
  return [
    ...(unmet === null || state.reason?.includes(unmet) === true ? [] : [unmet]),
    ...(unproven === 0 ? [] : [`${unproven} unproven`]),
  ];
}

function isHeldUp({ state, problem, mend }: TaskView): boolean {
  const { word } = state;
  const isWaiting = word === 'needs you' || word === 'failed' || word === 'waiting';
  return isWaiting || problem !== null || mend !== null;
}

/** `src/a.ts also changed by tidy-css`, shown for both tasks. */
function sharedRuns({ sharedFile }: TaskView, width: number): StyleRun[] {
  if (sharedFile === null) return [];
  const words = ` also changed by ${sharedFile.task}`;
  const path = cutFront(sharedFile.path, Math.max(8, width - words.length - 2));
  return [run(path + words, { color: 'waiting' }), run('  ')];
}

/** With this many cells, a word before the reason leaves enough of it. */
const roomForWord = 40;

/** The reason, after the state's word unless the reason already makes it clear. */
function reasonNote(task: TaskView, context: NoteContext): string | null {
  const { now, width, hasWord } = context;
  const reason = stateReason(task, now, width);
  const { word } = task.state;
  if (word === 'starting' && task.valid && task.problem === null) {
    return hasWord ? (reason ?? '') : startingNote(task.state);
  }
  if (reason === null) return null;
  if (word === 'running' && reason === task.state.reason) return sessionNote(task, context, reason);
  const isUnderstood = word !== 'needs you' && word !== 'failed' && word !== 'stopped';
  if (hasWord || isUnderstood || reason.startsWith(word)) return reason;
  const whole = `${word}: ${reason}`;
  if (whole.length <= width) return whole;
  return reason.length <= width || width < roomForWord ? reason : whole;
}

/** `starting · pauses after this session`. Its session, if it has one, is still the one before. */
function startingNote({ word, reason }: TaskView['state']): string {
  return reason === null ? word : `${word} ${glyphs.between} ${reason}`;
}

/** The longest that fits, from `running · session 4 · working · 3m 12s` down to `running`, or to `last` */
function sessionNote(
  { session, state }: TaskView,
  { now, width, hasWord }: NoteContext,
  last: string | null = null,
): string {
  if (session === null) return last ?? state.word;
  const number = `session ${session.number}`;
  const time = sessionTime(session, now);
  const role = roleWord(session.role);
  const more = last === null ? [] : [last];
  const words = [
    [...(hasWord ? [] : [state.word]), number, role, time, ...more],
    ...(hasWord ? [] : [[state.word, number, time, ...more]]),
    [number, time, ...more],
  ].map((parts) => parts.join(` ${glyphs.between} `));
  return words.find((some) => some.length <= width) ?? last ?? state.word;
}

/** How long the session has run, or ran: the same in every place that says so. */
export function sessionTime(
  { startedAt, endedAt }: NonNullable<TaskView['session']>,
  now: number,
): string {
  return elapsed((endedAt ?? now) - startedAt);
}

function restingWord({ state }: TaskView): string | null {
  return isUnderWay(state.word) || state.word === 'no list' ? null : state.word;
}
