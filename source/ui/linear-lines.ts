// The screen as sentences, one per line, for screen readers: no columns, no bars, nothing that moves. The focused pane
// is complete; of the rest only the essentials are told.
//
//   autonomous-tui, ~/shop: 1 needs you, 1 running
//   Selected: build-rest-api-todo, running, 12 of 25 steps, session 4, working
//   publish-docs, needs you: not logged in: run codex login, 7 of 15 steps
//   Keys: p pause, Enter open, n new, ? help, q quit

import { roleWord } from '../core/task/task.ts';
import { archivedTasks } from '../core/task/archived.ts';
import type { Board, TaskView } from '../core/task/board.ts';
import { labelAmong } from '../core/task/project-view.ts';
import { keyOf } from '../core/task/task-key.ts';
import { askTitle } from './dialog/ask-line.ts';
import { bodyRows } from './body.ts';
import { hintedCommands } from './keys/keymap.ts';
import { keyLabel } from './keys/keys.ts';
import { keyContextOf, panesOf } from './view/panes.ts';
import { dialogRows } from './rows/dialog/dialog-rows.ts';
import { rowText, type Row } from './rows/row.ts';
import { troubled } from './rows/tasks/project-rows.ts';
import type { ScreenState } from './screen.ts';
import { settledView } from './view/settled-view.ts';
import { foldedTasks, shownTasks } from './view/tasks/shown-tasks.ts';
import { readTerms, termsToType } from './view/tasks/filter-terms.ts';
import { isFiltering } from './view/tasks/task-filter.ts';
import { stateReason } from './look/state-words.ts';
import type { View } from './view/state.ts';
import { boardWords } from './terminal/window-title.ts';

const minuteMs = 60_000;
/** Tasks read aloud on each side of the selected one: a spoken list must be short. */
const tasksAround = 8;
const size = { columns: 100, rows: 30 };

export function linearLines(screen: ScreenState): string[] {
  // Times that change every second would be read out every second.
  const now = screen.now - (screen.now % minuteMs);
  const state = { ...screen, size, now, animationFrame: 0, view: settledView(screen.view, screen) };
  const { view, board } = state;
  const lines = [`autonomous-tui, ${board.project}: ${boardWords(board) || 'nothing running'}`];
  if (view.notice !== null) lines.push(view.notice.text);
  if (board.problem !== null) lines.push(board.problem);
  if (board.hint !== null) lines.push(board.hint);
  if (view.dialog !== null) return [...lines, ...dialogLines(state)];
  return [...lines, ...paneLines(state), keysLine(state)].filter((line) => line !== '');
}

function paneLines(state: ScreenState): string[] {
  const { view, board, now } = state;
  const tasks = shownTasks(view, board);
  if (view.focus === 'tasks') {
    const from = Math.max(0, view.selectedIndex - tasksAround);
    const near = tasks.slice(from, view.selectedIndex + tasksAround + 1);
    const count = near.length < tasks.length ? [`${tasks.length} tasks in total`] : [];
    const folded = foldedTasks(view, board);
    const archived = archivedTasks(board.tasks).length;
    const hidden = isFiltering(view.filter)
      ? board.tasks.length - tasks.length - folded
      : board.tasks.length - archived - tasks.length - folded;
    if (tasks.length === 0 && hidden === 0 && archived === 0 && board.looked) {
      return ['No tasks yet', ...troubledLines(board)];
    }
    return [
      ...near.map((task) => taskLine(task, { now, view, board })),
      ...count,
      ...troubledLines(board),
      ...(folded === 0 ? [] : [`${folded} done, folded`]),
      ...(archived === 0 ? [] : [`${archived} archived`]),
      ...(hidden === 0 ? [] : [`${tasks.length} of ${board.tasks.length} tasks match`]),
    ];
  }
  const zoomed = { ...state, view: { ...view, zoom: 'zoomed' as const } };
  const rows = bodyRows(zoomed, panesOf(zoomed.view, zoomed));
  return rows.slice(0, -2).map(plainText);
}

/** The projects whose tasks cannot be shown. */
function troubledLines(board: Board): string[] {
  return troubled(board).map(({ label, problem }) => `${label}: ${problem}`);
}

function taskLine(
  task: TaskView,
  { now, view, board }: { now: number; view: View; board: Board },
): string {
  const reason = stateReason(task, now);
  const { sharedFile } = task;
  const parts = [
    `${keyOf(task) === view.selected ? 'Selected: ' : ''}${labelAmong(task, board.projects)}`,
    ...(task.goal === null ? [] : [task.goal]),
    ...(view.marked.has(keyOf(task)) ? ['marked'] : []),
    reason === null || reason === task.state.word
      ? task.state.word
      : `${task.state.word}: ${reason}`,
    task.total === 0 ? 'no steps yet' : `${task.done} of ${task.total} steps`,
    ...(task.session === null
      ? []
      : [`session ${task.session.number}`, roleWord(task.session.role)]),
    ...(task.sandbox === 'danger-full-access' ? ['full access'] : []),
    ...(task.unmet === null ? [] : [task.unmet]),
    ...(task.unproven === 0 ? [] : [`${task.unproven} unproven`]),
    ...(sharedFile === null ? [] : [`${sharedFile.path} also changed by ${sharedFile.task}`]),
  ];
  return parts.join(', ');
}

/** The dialog without its border. While the user filters by name, also the panes behind it. */
function dialogLines(state: ScreenState): string[] {
  const { view, board } = state;
  const { dialog } = view;
  if (dialog === null) return [];
  if (dialog.kind === 'filter') {
    const { text } = dialog.field;
    const { problem } = readTerms(text);
    const said = problem === null ? [] : [problem];
    return [`Find: ${text || termsToType}`, ...said, ...paneLines(state), keysLine(state)];
  }
  if (dialog.kind === 'ask') {
    const problem = dialog.problem === null ? [] : [dialog.problem];
    const text = dialog.field.text || (dialog.suggestion ?? '');
    return [`${askTitle(dialog)}: ${text}`, ...problem, keysLine(state)];
  }
  const { columns, rows } = size;
  const context = keyContextOf(view, state);
  const { tasks, projects } = board;
  return dialogRows({ dialog, context, tasks, projects, columns, rows, animationFrame: 0 })
    .slice(0, -1)
    .map(plainText)
    .filter((line) => line !== '');
}

/** Without hairlines and borders, which would be read out character by character. */
function plainText(row: Row): string {
  return rowText(row)
    .replace(/[─│╭╮╰╯┬┴┤├┃└]+/gu, ' ')
    .replace(/ {2,}/gu, '  ')
    .trim();
}

function keysLine(state: ScreenState): string {
  const context = keyContextOf(state.view, state);
  const keys = hintedCommands(context).map(
    (command) =>
      `${keyLabel(command.keys[0] ?? '')} ${command.labelNow?.(context) ?? command.label}`,
  );
  return `Keys: ${keys.join(', ')}`;
}
