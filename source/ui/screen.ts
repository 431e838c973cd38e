// The whole screen as rows: exactly as many as the terminal has, each exactly as wide. Pure, so that a test can hold a
// screen as a literal drawing, and compare backends cell by cell.

import { bodyRows } from './body.ts';
import { asciiRow } from './look/glyphs.ts';
import { keyContextOf, panesOf, type Panes, type Scene } from './view/panes.ts';
import { dialogRows } from './rows/dialog/dialog-rows.ts';
import { emptyRows, tooSmallRows } from './rows/log/empty-rows.ts';
import { headerParts, rowOfParts, type HeaderParts } from './rows/header-rows.ts';
import { withDialog } from './rows/overlay.ts';
import { troubled } from './rows/tasks/project-rows.ts';
import { withNotice } from './rows/notice-rows.ts';
import { filled, type Row } from './rows/row.ts';
import { urgentRow } from './rows/status-rows.ts';
import { settledView } from './view/settled-view.ts';
import type { Theme } from './look/theme.ts';
import type { View } from './view/state.ts';

export type ScreenState = Scene & { readonly view: View; readonly theme: Theme };

/** `header` is null if the screen has none, or if it lies behind a dialog and so is part of `body`. */
type ScreenParts = { readonly header: HeaderParts | null; readonly body: readonly Row[] };

export function screenRows(state: ScreenState): Row[] {
  const { header, body } = screenParts(state);
  return header === null ? [...body] : [rowOfParts(header), ...body];
}

export function screenParts(state: ScreenState): ScreenParts {
  const parts = drawnScreen({ ...state, view: settledView(state.view, state) });
  if (!state.theme.ascii) return parts;
  return {
    header: parts.header && {
      before: asciiRow(parts.header.before),
      spinner: parts.header.spinner && asciiRow(parts.header.spinner),
      after: asciiRow(parts.header.after),
    },
    body: parts.body.map(asciiRow),
  };
}

function drawnScreen(state: ScreenState): ScreenParts {
  const { view, board, size, animationFrame } = state;
  const { columns: width, rows: height } = size;
  const panes = panesOf(view, state);
  if (panes.layout.kind === 'too small') {
    return { header: null, body: tooSmallRows({ width, height }) };
  }
  const isEmpty = board.looked && board.tasks.length === 0 && troubled(board).length === 0;
  const parts = isEmpty
    ? { header: null, body: emptyScreen(state) }
    : {
        header: headerOf(state, panes),
        body: withNotice(filled(bodyRows(state, panes), { width, height: height - 1 }), {
          ...{ notice: view.notice, layout: panes.layout, width },
        }),
      };
  // A filter or search is typed in the last row, and its results show above it.
  if (view.dialog === null || view.dialog.kind === 'filter' || view.dialog.kind === 'ask') {
    return parts;
  }
  const behind = parts.header === null ? parts.body : [rowOfParts(parts.header), ...parts.body];
  const dialog = dialogRows({
    dialog: view.dialog,
    context: keyContextOf(view, state),
    tasks: board.tasks,
    projects: board.projects,
    columns: width,
    rows: height,
    animationFrame,
  });
  return { header: null, body: withDialog(behind, dialog, { width, height }) };
}

function headerOf(
  { board, size, now, animationFrame }: ScreenState,
  { layout }: Panes,
): HeaderParts {
  const form = layout.kind === 'single' && size.columns < 60 ? 'short' : 'full';
  return headerParts({ board, width: size.columns, now, animationFrame, form });
}

function emptyScreen({ board, view, size }: ScreenState): Row[] {
  const { columns: width, rows: height } = size;
  const project = board.projects === undefined ? board.project : 'any project known here';
  const rows = emptyRows({ project, width, height });
  const urgent = urgentRow({ board, notice: view.notice, width });
  return urgent === null ? rows : [...rows.slice(0, -1), urgent];
}
