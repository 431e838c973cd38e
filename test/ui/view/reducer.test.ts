import { describe, expect, test } from 'vitest';
import { commands } from '../../../source/screen/commands/command-table.ts';
import type { Scene } from '../../../source/ui/view/panes.ts';
import { emptyForm } from '../../../source/ui/dialog/task-form.ts';
import { reduceView } from '../../../source/ui/view/reducer.ts';
import { initialView, type View } from '../../../source/ui/view/state.ts';
import { board, entries, now, screen, task } from '../sample.ts';
import type { ViewAction } from '../../../source/ui/view/view-action.ts';

const many = Array.from({ length: 30 }, (_, n) => task(`task-${String(n).padStart(2, '0')}`));

function scene(changes: Partial<Scene> = {}): Scene {
  return { ...screen('120×30'), board: board({ tasks: many }), log: null, ...changes };
}

function after(view: View, actions: readonly ViewAction[], where = scene()): View {
  return actions.reduce((before, action) => reduceView(before, action, where), view);
}

const move = (...moves: Extract<ViewAction, { type: 'moved' }>['move'][]) =>
  moves.map((one) => ({ type: 'moved', move: one }) as const);

const settled = { type: 'scene-changed' } as const;
const opened = after(initialView({ commands }), [settled]);

describe('the selection', () => {
  test('is on the first task after the first look at the disk', () => {
    expect(initialView({ commands }).selected).toBeNull();
    expect(opened.selected).toBe('task-00');
  });

  test('moves task by task, and stops at both ends', () => {
    expect(after(opened, move('down', 'down', 'up')).selected).toBe('task-01');
    expect(after(opened, move('up')).selected).toBe('task-00');
    expect(after(opened, move('last', 'down')).selected).toBe('task-29');
    expect(after(opened, move('last', 'first')).selected).toBe('task-00');
  });

  test('moves by a page', () => {
    const page = after(opened, move('page-down'));
    expect(page.selectedIndex).toBeGreaterThan(5);
    expect(after(page, move('page-up')).selected).toBe('task-00');
  });

  test('stays with its task when others come, go or move', () => {
    const third = after(opened, move('down', 'down'));
    const others = scene({ board: board({ tasks: [task('new'), ...many.slice(2).reverse()] }) });
    expect(after(third, [settled], others).selected).toBe('task-02');
  });

  test('goes to the nearest task when its own vanishes', () => {
    const third = after(opened, move('down', 'down'));
    const without = scene({
      board: board({ tasks: many.filter(({ name }) => name !== 'task-02') }),
    });
    expect(after(third, [settled], without).selected).toBe('task-03');
    const last = after(opened, move('last'));
    const shorter = scene({ board: board({ tasks: many.slice(0, 10) }) });
    expect(after(last, [settled], shorter).selected).toBe('task-09');
  });

  test('is empty when the last task vanishes, and the tasks pane gets the focus', () => {
    const log = after(opened, [{ type: 'pane-changed' }]);
    const empty = scene({ board: board({ tasks: [] }) });
    expect(after(log, [settled], empty)).toMatchObject({ selected: null, focus: 'tasks' });
  });

  test('goes to a task that was just started as soon as it appears', () => {
    const started = after(opened, [{ type: 'selected', task: 'just-now' }, ...[settled]]);
    expect(started.selected).toBe('task-00');
    const there = scene({ board: board({ tasks: [task('just-now'), ...many] }) });
    expect(after(started, [settled], there).selected).toBe('just-now');
  });

  test('does not jump to a started task once the user has moved on', () => {
    const moved = after(opened, [{ type: 'selected', task: 'just-now' }, ...move('down')]);
    const there = scene({ board: board({ tasks: [task('just-now'), ...many] }) });
    expect(after(moved, [settled], there).selected).toBe('task-01');
  });

  test('is on the task that the dashboard was opened for', () => {
    expect(after(initialView({ commands }, 'task-07'), [settled]).selected).toBe('task-07');
  });
});

describe('the list of tasks', () => {
  test('scrolls only as far as needed to show the selected task', () => {
    expect(after(opened, move(...Array<'down'>(12).fill('down'))).tasksTop).toBe(0);
    const past = after(opened, move(...Array<'down'>(26).fill('down')));
    const top = past.tasksTop;
    expect(top).toBeGreaterThan(0);
    expect(after(past, move('up', 'up', 'up')).tasksTop).toBe(top);
    expect(after(past, move('first')).tasksTop).toBe(0);
  });

  test('wastes no row at its end when the screen grows', () => {
    const end = after(opened, move('last'));
    expect(after(end, [settled], scene({ size: { columns: 120, rows: 60 } })).tasksTop).toBe(0);
  });
});

describe('the panes', () => {
  test('pass the focus to each other', () => {
    const log = after(opened, [{ type: 'pane-changed' }]);
    const details = after(log, [{ type: 'pane-changed' }]);
    expect([log.focus, details.focus]).toEqual(['log', 'details']);
    expect(after(details, [{ type: 'pane-changed' }]).focus).toBe('tasks');
    expect(after(details, [{ type: 'pane-changed', by: -1 }]).focus).toBe('log');
    expect(after(opened, [{ type: 'focused', pane: 'log' }]).focus).toBe('log');
  });

  test('remember their positions: a log is where the user left it', () => {
    const where = scene({ log: { task: 'task-00', entries }, size: { columns: 80, rows: 14 } });
    const log = after(opened, [{ type: 'focused', pane: 'log' }, ...move('up', 'up')], where);
    const place = log.logs.get('task-00');
    expect(place?.scroll.follow).toBe(false);
    const away = after(log, [{ type: 'focused', pane: 'tasks' }, ...move('down')], where);
    const back = after(away, move('up'), where);
    expect(back.logs.get('task-00')).toEqual(place);
  });

  test('keep an opened entry open while the log follows', () => {
    const where = scene({ log: { task: 'task-00', entries } });
    const log = after(opened, [{ type: 'focused', pane: 'log' }, { type: 'entry-toggled' }], where);
    expect([...(log.logs.get('task-00')?.opened ?? [])]).toEqual([entries.at(-1)?.key]);
    const folded = after(log, [{ type: 'entry-toggled' }], where);
    expect(folded.logs.has('task-00')).toBe(false);
  });

  test('do not scroll a log that is not the selected task’s', () => {
    const where = scene({ log: { task: 'task-05', entries } });
    const view = after(opened, [{ type: 'focused', pane: 'log' }, ...move('up')], where);
    expect(view.logs.size).toBe(0);
  });
});

describe('a dialog', () => {
  const form = after(opened, [
    { type: 'dialog-opened', dialog: { kind: 'new task', form: emptyForm } },
  ]);
  const typed = (text: string) =>
    ({ type: 'form-changed', change: { type: 'edit', edit: { type: 'insert', text } } }) as const;

  test('opens and closes, and nothing moves behind it', () => {
    expect(form.dialog?.kind).toBe('new task');
    expect(after(form, move('down')).selected).toBe('task-00');
    expect(after(form, [{ type: 'dialog-closed' }]).dialog).toBeNull();
  });

  test('suggests a name that is not taken', () => {
    const view = after(form, [typed('Task 00')]);
    expect(view.dialog).toMatchObject({ form: { suggestedName: 'task-00-2' } });
  });

  test('clears its error at the next edit', () => {
    const refused = after(form, [
      { type: 'form-changed', change: { type: 'refused', sentence: 'No', field: 'name' } },
    ]);
    expect(refused.dialog).toMatchObject({ form: { error: 'No', field: 'name' } });
    expect(after(refused, [typed('x')]).dialog).toMatchObject({ form: { error: null } });
  });

  test('with the help scrolls, and stops at both ends', () => {
    const where = scene({ size: { columns: 40, rows: 10 } });
    const help = after(
      opened,
      [{ type: 'dialog-opened', dialog: { kind: 'help', top: 0 } }],
      where,
    );
    expect(after(help, move('up'), where).dialog).toMatchObject({ top: 0 });
    expect(after(help, move('down', 'down'), where).dialog).toMatchObject({ top: 2 });
    const end = after(help, move('last'), where).dialog;
    expect(after(help, move('last', 'down'), where).dialog).toEqual(end);
  });
});

describe('a notice', () => {
  const notice = { text: 'Pausing shop', tone: 'plain', until: now + 4000 } as const;
  const told = after(opened, [{ type: 'noticed', notice }]);

  test('stays until its time is over', () => {
    expect(told.notice).toEqual(notice);
    expect(after(told, [settled], scene({ now: now + 3999 })).notice).toEqual(notice);
    expect(after(told, [settled], scene({ now: now + 4000 })).notice).toBeNull();
  });
});

test('an action that changes nothing returns the same view, so that nothing is drawn', () => {
  const where = scene({ log: { task: 'task-00', entries } });
  const nothing: ViewAction[] = [
    settled,
    { type: 'dialog-closed' },
    { type: 'focused', pane: 'tasks' },
  ];
  for (const action of nothing) expect(reduceView(opened, action, where)).toBe(opened);
});
