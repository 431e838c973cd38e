// The tasks of the project, one or two rows each, from `top` on:
//
//    ▸ ⠙ build-rest-api-todo   ████████▌        12/25      wide: what a state has to say stands below
//      ◷ refactor-auth         ███▌              9/30
//        usage limit, on again at 14:00
//
//    ▸ ⠙ build-rest-api-todo   ████████▌   12/25   session 4 · 3m 12s     narrow: it stands beside
//   ▸⠙ build-rest…-todo ███▌    12/25                                      compact: for one pane

import type { TaskView } from '../../core/board.ts';
import { glyphs } from '../glyphs.ts';
import { isUnderWay, stateGlyph, stateReason, stateStyle } from '../state-words.ts';
import { cutMiddle, padEnd, padStart, textWidth } from '../text-width.ts';
import { progressBar } from './bar.ts';
import { elapsed } from './format.ts';
import {
  bold,
  cutRuns,
  dim,
  filled,
  plain,
  rowOf,
  run,
  runsWidth,
  type Row,
  type StyleRun,
} from './row.ts';

export type TaskForm = 'wide' | 'narrow' | 'compact';

export type TaskPane = {
  readonly tasks: readonly TaskView[];
  /** By name. */
  readonly selected: string | null;
  /** Index of the first task in view. */
  readonly top: number;
  readonly form: TaskForm;
  readonly width: number;
  readonly height: number;
  readonly now: number;
  readonly tick: number;
};

type Columns = { lead: number; name: number; bar: number; count: number; gap: number };

export function taskRows(pane: TaskPane): Row[] {
  const columns = columnsOf(pane);
  const rows: Row[] = [];
  for (let index = pane.top; index < pane.tasks.length && rows.length < pane.height; index++) {
    const task = pane.tasks[index];
    if (task !== undefined) rows.push(...rowsOf(task, pane, columns));
  }
  return filled(rows, pane);
}

/** `Tasks`, and where one is when not all of them are in sight: `Tasks 12 of 500` */
export function tasksTitle({ tasks, selected, form, height }: TaskPane): string {
  let rows = 0;
  for (let at = 0; at < tasks.length && rows <= height; at++) {
    const task = tasks[at];
    if (task !== undefined) rows += taskHeight(task, form);
  }
  if (rows <= height) return 'Tasks';
  return `Tasks ${tasks.findIndex(({ name }) => name === selected) + 1} of ${tasks.length}`;
}

/** Rows that a task takes. */
export function taskHeight(task: TaskView, form: TaskForm): 1 | 2 {
  return hasSecondRow(task, form) ? 2 : 1;
}

/** `top` moved no further than is needed for the selected task to be in view, and no row to be wasted. */
export function topInView({ tasks, selected, form, ...pane }: TaskPane): number {
  const heightOf = (index: number) => {
    const task = tasks[index];
    return task === undefined ? 0 : taskHeight(task, form);
  };
  const index = tasks.findIndex(({ name }) => name === selected);
  let top = Math.max(0, Math.min(pane.top, tasks.length - 1));
  if (index !== -1) {
    let first = index;
    let used = heightOf(index);
    while (first > 0 && used + heightOf(first - 1) <= pane.height) used += heightOf(--first);
    top = Math.min(index, Math.max(top, first));
  }
  let below = 0;
  for (let at = top; at < tasks.length && below <= pane.height; at++) below += heightOf(at);
  while (top > 0 && below + heightOf(top - 1) <= pane.height) below += heightOf(--top);
  return top;
}

function columnsOf({ tasks, form, width }: TaskPane): Columns {
  let count = 5;
  let longest = 0;
  for (const task of tasks) {
    count = Math.max(count, countOf(task).length);
    longest = Math.max(longest, textWidth(task.label));
  }
  switch (form) {
    case 'wide': {
      const bar = between(Math.floor(width * 0.27), 10, 20);
      return { lead: 5, name: Math.max(1, width - 11 - bar - count), bar, count, gap: 2 };
    }
    case 'narrow':
      return { lead: 5, name: between(longest, 12, 22), bar: width < 90 ? 10 : 14, count, gap: 2 };
    case 'compact':
      return { lead: 3, name: Math.max(1, width - 14 - count), bar: 8, count, gap: 1 };
    default:
      return form satisfies never;
  }
}

function rowsOf(task: TaskView, pane: TaskPane, columns: Columns): Row[] {
  const isSelected = task.name === pane.selected;
  const gap = run(' '.repeat(columns.gap));
  const text = isSelected ? bold : plain;
  const first = [
    ...leadRuns(task, pane, isSelected),
    run(padEnd(cutMiddle(task.label, columns.name), columns.name), text),
    gap,
    ...progressRuns(task, columns, isSelected),
  ];
  if (pane.form === 'narrow') {
    const room = pane.width - runsWidth(first) - 4;
    first.push(run('   '), ...noteRuns(task, pane.now, room));
  }
  const rows = [rowOf(pane.width, cutRuns(first, pane.width - 1))];
  if (hasSecondRow(task, pane.form)) {
    const room = pane.width - columns.lead - 1;
    const second = [run(' '.repeat(columns.lead)), ...noteRuns(task, pane.now, room)];
    rows.push(rowOf(pane.width, cutRuns(second, pane.width - 1)));
  }
  return rows;
}

function leadRuns(task: TaskView, pane: TaskPane, isSelected: boolean): StyleRun[] {
  const mark = isSelected ? run(glyphs.selected, { color: 'accent', bold: true }) : run(' ');
  const glyph = stateGlyph(task.state.word, pane.tick);
  return pane.form === 'compact'
    ? [mark, glyph, run(' ')]
    : [run(' '), mark, run(' '), glyph, run(' ')];
}

function progressRuns(
  task: TaskView,
  { bar, count, gap }: Columns,
  isSelected: boolean,
): StyleRun[] {
  if (!task.hasList || task.total === 0) {
    const words = task.hasList ? 'no steps in its list' : 'no task list yet';
    const room = bar + gap + count;
    return [run(padEnd(room < words.length ? 'no list' : words, room), dim)];
  }
  const isQuiet = !isUnderWay(task.state.word);
  return [
    run(progressBar(task.done, task.total, bar), {
      ...(task.state.word === 'running' ? stateStyle('running') : dim),
      on: 'track',
    }),
    run(' '.repeat(gap)),
    run(padStart(countOf(task), count), isSelected ? bold : isQuiet ? dim : plain),
  ];
}

/** What there is to say about a task beside its bar. */
function noteRuns(task: TaskView, now: number, width: number): StyleRun[] {
  const badge = isInFullAccess(task) ? [run('full access', { color: 'alarm' }), run('  ')] : [];
  const room = width - runsWidth(badge);
  const reason = stateReason(task, now, room) ?? restingWord(task) ?? sessionNote(task, now);
  return reason === null ? badge : [...badge, run(reason, dim)];
}

function sessionNote({ session }: TaskView, now: number): string | null {
  if (session === null) return null;
  const time = elapsed((session.endedAt ?? now) - session.startedAt);
  return `session ${session.number} ${glyphs.between} ${time}`;
}

function restingWord({ state }: TaskView): string | null {
  return isUnderWay(state.word) || state.word === 'no list' ? null : state.word;
}

function hasSecondRow(task: TaskView, form: TaskForm): boolean {
  if (form === 'narrow') return false;
  if (isInFullAccess(task) || task.state.word === 'needs you') return true;
  // The words do not matter here, only whether there are any.
  return form === 'wide' && stateReason(task, 0) !== null;
}

function isInFullAccess(task: TaskView): boolean {
  return task.sandbox === 'danger-full-access';
}

function countOf({ done, total }: TaskView): string {
  return `${done}/${total}`;
}

function between(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
