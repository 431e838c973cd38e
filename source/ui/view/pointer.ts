// What the mouse does: the wheel scrolls the pane under the pointer; a click focuses the pane and selects the clicked
// row, or presses the key whose hint it hits, in the footer or in a dialog.

import { keyOf, type TaskKey } from '../../core/task/task-key.ts';
import type { Key } from '../keys/keys.ts';
import { markAt } from './details-scroll.ts';
import type { PaneName, Rectangle } from './layout.ts';
import type { MouseEvent } from '../terminal/mouse-input.ts';
import { panesOf, type Panes, type Scene } from './panes.ts';
import { topLine } from '../rows/details/details-rows.ts';
import { styleAt, type Row } from '../rows/row.ts';
import { headingAt } from '../rows/tasks/project-rows.ts';
import { taskHeight } from '../rows/tasks/task-window.ts';
import type { TaskPane } from '../rows/tasks/task-pane.ts';
import type { View } from './state.ts';
import type { ViewAction } from './view-action.ts';

/** The key whose hint is clicked, in the rows of the screen as the user saw them. */
export function hintClicked(rows: readonly Row[], { kind, x, y }: MouseEvent): Key | null {
  const row = kind === 'click' ? rows[y] : undefined;
  const name = row === undefined ? undefined : styleAt(row, x)?.key;
  // Without text: a hint is a command, and nothing to type.
  return name === undefined ? null : { name, text: null };
}

/** The view actions for the event; the reducer carries them out. */
export function pointed(view: View, event: MouseEvent, scene: Scene): readonly ViewAction[] {
  // A dialog takes the mouse as well as all keys.
  if (view.dialog !== null) return wheelOverDialog(event);
  const panes = panesOf(view, scene);
  const hit = paneAt(panes, event);
  if (hit === null) return [];
  if (event.kind !== 'click') return wheeled(hit.pane, event.kind);
  const focused: ViewAction = { type: 'focused', pane: hit.pane };
  const line = event.y - hit.rectangle.y;
  switch (hit.pane) {
    case 'tasks': {
      const task = panes.tasks === null ? null : taskAt(panes.tasks, line);
      return task === null ? [focused] : [focused, { type: 'selected', task }];
    }
    case 'details': {
      const at =
        panes.details === null ? null : markAt(panes.details, topLine(panes.details) + line);
      return at === null ? [focused] : [focused, { type: 'detail-marked', at }];
    }
    case 'log':
    case 'changes':
      return [focused];
    default:
      return hit.pane satisfies never;
  }
}

function wheelOverDialog({ kind }: MouseEvent): readonly ViewAction[] {
  if (kind === 'click') return [];
  return [{ type: 'moved', move: kind === 'wheel-up' ? 'up' : 'down' }];
}

/** Terminals report one turn of the wheel several times; in a log, three rows per report feel right. */
function wheeled(pane: PaneName, kind: 'wheel-up' | 'wheel-down'): readonly ViewAction[] {
  const move = kind === 'wheel-up' ? 'up' : 'down';
  const one: ViewAction = { type: 'wheeled', pane, move };
  return pane === 'log' || pane === 'changes' ? [one, one, one] : [one];
}

function paneAt(
  { layout }: Panes,
  { x, y }: MouseEvent,
): { pane: PaneName; rectangle: Rectangle } | null {
  if (layout.kind === 'too small') return null;
  for (const pane of ['tasks', 'details', 'log', 'changes'] as const) {
    const rectangle = layout[pane] ?? null;
    if (rectangle !== null && isInside(rectangle, { x, y })) return { pane, rectangle };
  }
  return null;
}

function isInside(
  { x, y, width, height }: Rectangle,
  point: { readonly x: number; readonly y: number },
): boolean {
  return point.x >= x && point.x < x + width && point.y >= y && point.y < y + height;
}

function taskAt(pane: TaskPane, line: number): TaskKey | null {
  const { tasks, top, form } = pane;
  let y = 0;
  for (const [index, task] of tasks.slice(top).entries()) {
    if (headingAt(pane, top + index) !== null && line === y++) return null;
    y += taskHeight(task, form);
    if (line < y) return keyOf(task);
  }
  return null;
}
