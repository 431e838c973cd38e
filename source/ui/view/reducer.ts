// How keys, the mouse and new data change the view. Pure: the data comes as a Scene, and settled-view.ts normalises the
// result.

import { keyOf } from '../../core/task/task-key.ts';
import type { ChangesRange } from '../../core/changes/changes.ts';
import { changedChanges, type ChangesAction } from './changes/actions.ts';
import { openedChanges } from './changes/view.ts';
import { neighbourPage } from './details-page.ts';
import { goneTo, stayed } from './going-to.ts';
import type { PaneName } from './layout.ts';
import { changedLog } from './log/actions.ts';
import { entryUnderMark } from './log/place.ts';
import { panesOf, type Scene } from './panes.ts';
import type { LogPane } from '../rows/log/log-rows.ts';
import { noticeMs } from '../rows/status-rows.ts';
import { settledView } from './settled-view.ts';
import { foldedTasks, shownTasks } from './tasks/shown-tasks.ts';
import { groupWords, nextGroup, noFilter, sortWords } from './tasks/task-filter.ts';
import { sortedKeys, sortings } from './tasks/task-order.ts';
import { moved } from './moves.ts';
import { withLog, type View } from './state.ts';
import type { ViewAction } from './view-action.ts';
import {
  formChanged,
  formOpened,
  formReturned,
  tellReturned,
  textEdited,
  withDraft,
  withoutDraft,
  written,
} from './writing.ts';

/** The mark is where the user moved it. */
function withoutChangedStep(view: View): View {
  return view.changedStep === null ? view : { ...view, changedStep: null };
}

/** The next view; the same object if nothing changed. */
export function reduceView(view: View, action: ViewAction, scene: Scene): View {
  return settledView(changedView(view, action, scene), scene);
}

function changedView(view: View, action: ViewAction, scene: Scene): View {
  switch (action.type) {
    case 'moved':
      return withoutChangedStep(moved(view, action.move, scene));
    case 'selected': {
      const isShown = shownTasks(view, scene.board).some((task) => keyOf(task) === action.task);
      if (!isShown) return { ...view, awaited: action.task };
      return { ...view, selected: action.task, awaited: null };
    }
    case 'brought-back':
      return { ...view, awaited: action.task };
    case 'focused':
      if (view.focus === action.pane) return view;
      return action.pane === 'changes'
        ? withChanges(view, { range: { kind: 'task' } }, scene)
        : { ...view, focus: action.pane };
    case 'pane-changed':
      if (view.focus === 'changes') return changedPage(view, { type: 'turned' }, scene);
      return { ...view, focus: neighbourPane(view.focus, action.by ?? 1) };
    case 'zoom-toggled':
      return { ...view, zoom: view.zoom === 'none' ? 'zoomed' : 'none' };
    case 'mouse-toggled':
      return { ...view, mouse: view.mouse === 'on' ? 'off' : 'on' };
    case 'detail-marked':
      return { ...view, detailsAt: action.at, changedStep: null };
    case 'step-changed': {
      const { task, step, changedAt } = action;
      return { ...view, changedStep: { task, step, changedAt } };
    }
    case 'wheeled': {
      const over = moved({ ...view, focus: action.pane }, action.move, scene);
      return { ...over, focus: view.focus };
    }
    case 'page-opened':
      return { ...view, focus: 'details', page: action.page, detailsAt: null, changedStep: null };
    case 'page-changed':
      return { ...view, page: neighbourPage(view.page, action.by), detailsAt: null };
    case 'entry-toggled': {
      const { log } = panesOf(view, scene);
      return log === null ? view : withEntryToggled(view, log);
    }
    case 'log': {
      const { log } = panesOf(view, scene);
      return log === null ? view : withLog(view, changedLog(log, action.action));
    }
    case 'changes-opened':
      return withChanges(view, action, scene);
    case 'changes-closed':
      return { ...view, focus: view.changes?.cameFrom ?? 'tasks', changes: null };
    case 'changes':
      return changedPage(view, action.action, scene);
    case 'gone-to':
      return goneTo(view, action.target, scene);
    case 'dialog-opened':
      return { ...withDraft(view), dialog: action.dialog };
    case 'dialog-closed':
      return view.dialog === null ? view : { ...withDraft(view), dialog: null };
    case 'form-opened':
      return formOpened(view, action, scene);
    case 'form-sent':
    case 'tell-sent':
      return { ...withoutDraft(view), dialog: null };
    case 'form-returned':
      return formReturned(view, action.form);
    case 'tell-returned':
      return tellReturned(view, action.tell);
    case 'form-changed':
      return formChanged(view, action.change, scene);
    case 'written':
      return written(view, action.edit, scene);
    case 'text-edited':
      return textEdited(view, action, scene);
    case 'noticed':
      return { ...view, notice: action.notice };
    case 'touched':
      return { ...stayed(view), touchedAt: action.at };
    case 'mark-toggled':
      return moved(withMarkToggled(view), 'down', scene);
    case 'all-shown':
      return allShown(view);
    case 'done-toggled':
      return { ...view, done: foldedTasks(view, scene.board) > 0 ? 'shown' : 'folded' };
    case 'group-changed': {
      const group = nextGroup(view.filter.group, scene.board.tasks);
      const filter = { ...view.filter, group };
      const words = `Filter: ${groupWords(filter, scene.board.tasks)}`;
      return withChoices({ ...view, filter }, words, scene);
    }
    case 'sorting-changed': {
      const sorting = sortings[(sortings.indexOf(view.sorting) + 1) % sortings.length] ?? 'state';
      const order = sortedKeys(scene.board.tasks, sorting);
      return withChoices({ ...view, sorting, order }, `Sorted by: ${sortWords(sorting)}`, scene);
    }
    case 'scene-changed':
      return view;
    default:
      return action satisfies never;
  }
}

/** Says what a key switches through. */
function withChoices(view: View, text: string, { now }: Scene): View {
  return { ...view, notice: { text, tone: 'plain', until: now + noticeMs } };
}

function allShown(view: View): View {
  const shown = { ...view, filter: noFilter, dialog: null };
  if (view.dialog?.kind === 'filter') return { ...shown, filter: { ...view.filter, text: '' } };
  return view.marked.size > 0 ? { ...view, marked: new Set() } : shown;
}

/** Opens the page, or turns it to another range. */
function withChanges(
  view: View,
  { range, sought = null }: { range: ChangesRange; sought?: string | null },
  { now }: Scene,
): View {
  if (view.selected === null) return view;
  const cameFrom = view.focus === 'changes' ? (view.changes?.cameFrom ?? 'tasks') : view.focus;
  const opened = openedChanges({ task: view.selected, visit: now, range, cameFrom });
  const changes = { ...opened, sought };
  return { ...view, focus: 'changes', changes };
}

function changedPage(view: View, action: ChangesAction, scene: Scene): View {
  const { changes } = panesOf(view, scene);
  return changes === null ? view : { ...view, changes: changedChanges(changes, action) };
}

const panes: readonly PaneName[] = ['tasks', 'log', 'details'];

function neighbourPane(pane: PaneName, by: 1 | -1): PaneName {
  return panes[(panes.indexOf(pane) + by + panes.length) % panes.length] ?? 'tasks';
}

function withEntryToggled(view: View, log: LogPane): View {
  const key = entryUnderMark(log);
  if (key === null) return view;
  const opened = new Set(log.opened);
  if (!opened.delete(key)) opened.add(key);
  return withLog(view, { ...log, opened });
}

function withMarkToggled(view: View): View {
  if (view.selected === null) return view;
  const marked = new Set(view.marked);
  if (!marked.delete(view.selected)) marked.add(view.selected);
  return { ...view, marked };
}
