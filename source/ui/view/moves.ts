// What the moves do in each place: in a pane, in the help, in the palette.

import { keyOf } from '../../core/task/task-key.ts';
import { movedChanges } from './changes/actions.ts';
import { movedDetails } from './details-scroll.ts';
import type { Dialog } from '../dialog/dialog.ts';
import { movedLog } from './log/scroll.ts';
import { steppedTo, type Move } from './move.ts';
import { paletteEntries } from '../keys/palette.ts';
import { keyContextOf, panesOf, type Scene } from './panes.ts';
import { dialogWidth } from '../rows/dialog/dialog-rows.ts';
import { lastReportTop } from '../rows/dialog/report-rows.ts';
import { lastHelpTop } from '../rows/dialog/help-rows.ts';
import { shownTasks } from './tasks/shown-tasks.ts';
import { withLog, type View } from './state.ts';

export function moved(view: View, move: Move, scene: Scene): View {
  if (view.dialog !== null) return movedDialog(view, move, scene);
  const { tasks, details, log, changes } = panesOf(view, scene);
  if (view.focus === 'changes') {
    return changes === null ? view : { ...view, changes: movedChanges(changes, move) };
  }
  if (view.focus === 'details') {
    return details === null ? view : { ...view, detailsAt: movedDetails(details, move) };
  }
  if (view.focus === 'log') {
    return log === null ? view : withLog(view, { ...log, scroll: movedLog(log, move) });
  }
  const page = Math.max(1, Math.floor((tasks?.height ?? 2) / 2));
  const shown = shownTasks(view, scene.board);
  const index = steppedTo(view.selectedIndex, move, { page, last: shown.length - 1 });
  const task = shown[index];
  return task === undefined
    ? view
    : { ...view, selected: keyOf(task), selectedIndex: index, awaited: null };
}

function movedDialog(view: View, move: Move, scene: Scene): View {
  const { dialog } = view;
  if (dialog?.kind === 'palette') return movedPalette(view, dialog, { move, scene });
  const { columns, rows } = scene.size;
  if (dialog?.kind === 'report') {
    const width = dialogWidth({ dialog, columns });
    const last = lastReportTop({ dialog, width, height: rows });
    const top = steppedTo(Math.min(dialog.top, last), move, { page: rows - 3, last });
    return { ...view, dialog: { ...dialog, top } };
  }
  if (dialog?.kind !== 'help') return view;
  const context = { ...keyContextOf(view, scene), dialog: null };
  const last = lastHelpTop({ context, width: dialogWidth({ dialog, columns }), height: rows });
  const top = steppedTo(Math.min(dialog.top, last), move, { page: rows - 3, last });
  return { ...view, dialog: { ...dialog, top } };
}

function movedPalette(
  view: View,
  dialog: Extract<Dialog, { kind: 'palette' }>,
  { move, scene }: { move: Move; scene: Scene },
): View {
  const count = paletteEntries(dialog, keyContextOf(view, scene)).length;
  const at = steppedTo(Math.min(dialog.at, count - 1), move, { page: 5, last: count - 1 });
  return { ...view, dialog: { ...dialog, at: Math.max(0, at) } };
}
