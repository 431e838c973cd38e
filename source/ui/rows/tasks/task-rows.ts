// The tasks of the project, one or two rows each, from `top` on:
//
//    ▸ ⠙ build-rest-api-todo   ████████▌   12/25  48%         wide: the note is below,
//        running · session 4 · working · 3m 12s  ▁▂▅▃▁▁▂      with the recent activity
//      ✓ seed-data             ██████████  10/10  done
//
//    ▸ ⠙ build-rest-api-todo   ████████▌   12/25   running · session 4 · 3m 12s     narrow: the note is beside
//   ▸⠙ build-rest…-todo ███▌    12/25                                                compact: for one pane

import type { TaskView } from '../../../core/task/board.ts';
import { keyOf } from '../../../core/task/task-key.ts';
import { percentDone } from '../../../core/checklist/checklist.ts';
import { glyphs } from '../../look/glyphs.ts';
import { isUnderWay, stateGlyph, stateStyle } from '../../look/state-words.ts';
import { cutEnd, cutMiddle, padEnd, padStart, textWidth } from '../../look/text-width.ts';
import { progressBar } from '../bar.ts';
import { bold, cutRuns, dim, filled, justified, plain, rowOf, run, runsWidth } from '../row.ts';
import type { Row, Style, StyleRun } from '../row.ts';
import { sparkline } from '../sparkline.ts';
import { columnsOf, countOf, type Columns } from './task-columns.ts';
import { noteRuns } from './task-notes.ts';
import { headingAt, headingRow, troubledRows } from './project-rows.ts';
import type { TaskPane } from './task-pane.ts';
import { taskHeight } from './task-window.ts';

type RowContext = {
  readonly pane: TaskPane;
  readonly columns: Columns;
  readonly isSelected: boolean;
};

export function taskRows(pane: TaskPane): Row[] {
  const columns = columnsOf(pane);
  const rows: Row[] = [];
  for (let index = pane.top; index < pane.tasks.length && rows.length < pane.height; index++) {
    const task = pane.tasks[index];
    if (task === undefined) break;
    const heading = headingAt(pane, index);
    if (heading !== null) rows.push(headingRow(heading, pane.width));
    const isSelected = keyOf(task) === pane.selected;
    const own = rowsOf(task, { pane, columns, isSelected });
    rows.push(...(isSelected ? own.map(selectedRow) : own));
  }
  return filled([...rows, ...foldRows(pane), ...troubledRows(pane)], pane);
}

/** `✓ 13 done  b shows them` */
function foldRows({ form, width, folded = 0, unfoldKey = '' }: TaskPane): Row[] {
  if (folded === 0) return [];
  const key = unfoldKey === '' ? [] : [run('  '), run(unfoldKey), run(' shows them', dim)];
  const lead = form === 'compact' ? ' ' : '   ';
  const words = run(` ${folded} done`, dim);
  return [rowOf(width, [run(lead), stateGlyph('done', 0), words, ...key])];
}

function rowsOf(task: TaskView, place: RowContext): Row[] {
  const { pane, columns, isSelected } = place;
  const { width, form, now } = pane;
  const first = [
    ...leadRuns(task, place),
    ...nameRuns(task, columns.name, isSelected ? selectedName : plain),
    run(' '.repeat(columns.gap)),
    ...progressRuns(task, place),
    ...tailRuns(task, place),
  ];
  if (form === 'narrow') {
    const room = width - runsWidth(first) - 4;
    first.push(run('   '), ...noteRuns(task, { now, width: room }));
  }
  const rows = [rowOf(width, cutRuns(first, width - 1))];
  if (taskHeight(task, form) === 2) {
    const room = width - columns.lead - 1;
    const context = { now, width: room, hasWord: columns.word > 0 };
    const notes = [run(' '.repeat(columns.lead)), ...noteRuns(task, context)];
    const second = cutRuns(notes, width - 1);
    const activity = sparkline(task.activity, width - 1 - runsWidth(second) - 2);
    rows.push(rowOf(width, [...justified(width - 1, second, activity)]));
  }
  return rows;
}

const selectedName: Style = { ...bold, on: 'selected name' };

/** On a ground of its own from edge to edge, so that it is seen from afar. */
function selectedRow(row: Row): Row {
  return row.map(({ text, style }) => {
    const on = style.on === 'track' ? 'selected track' : (style.on ?? 'selected');
    return { text, style: { ...style, on } };
  });
}

/** Cells that are left of a name of date and time: its goal tells more. */
const datedNameWidth = 8;
/** A shorter piece of a goal says nothing. */
const shortestGoal = 4;

/** `task-20260129-140305 建一个商店`, or `task-…05 建一个商店` where there is no more room. */
function nameRuns({ label, goal }: TaskView, width: number, style: Style): StyleRun[] {
  if (goal === null || width < datedNameWidth + 1 + shortestGoal) {
    return [run(padEnd(cutMiddle(label, width), width), style)];
  }
  const name = cutMiddle(label, Math.max(datedNameWidth, width - 1 - textWidth(goal)));
  const room = width - textWidth(name) - 1;
  return [run(`${name} `, style), run(padEnd(cutEnd(goal, room), room), dim)];
}

function leadRuns(task: TaskView, { pane, isSelected }: RowContext): StyleRun[] {
  const isMarked = pane.marked?.has(keyOf(task)) === true;
  const accent = { color: 'accent', bold: true } as const;
  const selected = isSelected ? run(glyphs.selected, accent) : run(' ');
  const glyph = stateGlyph(task.state.word, pane.animationFrame);
  if (pane.form !== 'compact') {
    return [isMarked ? run(glyphs.marked, accent) : run(' '), selected, run(' '), glyph, run(' ')];
  }
  if (!isMarked) return [selected, glyph, run(' ')];
  return [run(isSelected ? glyphs.markedAndSelected : glyphs.marked, accent), glyph, run(' ')];
}

/** The words in place of a bar, the longest first. */
function stepless(
  { hasList, state, valid, mend }: TaskView,
  form: TaskPane['form'],
): readonly string[] {
  if (!valid && mend === null) return ['not usable'];
  if (hasList) return ['no steps in the list', 'no steps'];
  // The other forms say so in the note.
  if (state.word === 'starting') return form === 'compact' ? ['starting'] : [];
  return state.word === 'running' ? ['planning'] : ['not planned yet', 'not planned'];
}

function progressRuns(task: TaskView, { pane, columns, isSelected }: RowContext): StyleRun[] {
  const { bar, count, gap } = columns;
  if (!task.hasList || task.total === 0) {
    const room = bar + gap + count;
    const fitting = stepless(task, pane.form).find((words) => words.length <= room) ?? '';
    return [run(padEnd(fitting, room), dim)];
  }
  const isQuiet = !isUnderWay(task.state.word);
  // A full bar would be the loudest thing on the screen.
  if (task.state.word === 'done') {
    return [
      run(' '.repeat(bar + gap)),
      run(padStart(countOf(task), count), isSelected ? bold : dim),
    ];
  }
  return [
    run(progressBar(task.done, task.total, bar), {
      ...(hasBrightBar(task) ? stateStyle('running') : dim),
      on: 'track',
    }),
    run(' '.repeat(gap)),
    run(padStart(countOf(task), count), isSelected ? bold : isQuiet ? dim : plain),
  ];
}

function hasBrightBar({ state }: TaskView): boolean {
  return state.word === 'starting' || state.word === 'running';
}

/** Per cent and the state's word, as far as they fit. */
function tailRuns(task: TaskView, { pane, columns }: RowContext): StyleRun[] {
  const { percent, word, either } = columns;
  const share = task.total === 0 ? '' : `${percentDone(task)}%`;
  const runs: StyleRun[] = [];
  if (percent > 0) runs.push(run(`  ${padStart(share, percent)}`, dim));
  if (word > 0) runs.push(run('  '), run(padEnd(task.state.word, word), wordStyle(task)));
  if (either > 0) {
    const hasWordBelow = taskHeight(task, pane.form) === 2;
    const text = hasWordBelow ? padStart(share, percentWidth) : restingWord(task);
    runs.push(run('  '), run(padEnd(text, either), dim));
  }
  return runs;
}

const percentWidth = 4;

function wordStyle({ state }: TaskView): StyleRun['style'] {
  return isUnderWay(state.word) || state.word === 'failed' ? stateStyle(state.word) : dim;
}

/** Empty for `no list`: the column of the bar says `not planned yet`. */
function restingWord({ state }: TaskView): string {
  return state.word === 'no list' ? '' : state.word;
}
