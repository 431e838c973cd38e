import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { askToPauseAll, type Dialog } from '../../source/ui/dialog.ts';
import { isSameRow, rowText, runsWidth } from '../../source/ui/rows/row.ts';
import { screenRows, type ScreenState } from '../../source/ui/screen.ts';
import { emptyForm } from '../../source/ui/task-form.ts';
import { fieldWith } from '../../source/ui/text-field.ts';
import { darkTheme } from '../../source/ui/theme.ts';
import { initialView, reduceView, type ViewAction } from '../../source/ui/view-state.ts';
import { anyEntries, anyTasks, dirtyText, foreignText } from './arbitrary.ts';
import { board, now } from './sample.ts';

const size = fc.record({
  columns: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constantFrom(40, 59, 60, 80, 109, 110)),
  rows: fc.integer({ min: 1, max: 60 }),
});

const dialog: fc.Arbitrary<Dialog> = fc.oneof(
  fc.record({ kind: fc.constant('help'), top: fc.nat(40) }),
  fc.record({ kind: fc.constant('leaving') }),
  anyTasks.map((tasks): Dialog => ({ kind: 'confirm', confirm: askToPauseAll(tasks) })),
  fc
    .record({
      text: dirtyText,
      suggestedName: foreignText,
      field: fc.constantFrom('description', 'name', 'sandbox'),
      sandbox: fc.constantFrom('workspace-write', 'danger-full-access'),
      error: fc.option(foreignText),
    })
    .map(({ text, ...form }): Dialog => {
      return { kind: 'new task', form: { ...emptyForm, ...form, description: fieldWith(text) } };
    }),
);

const action: fc.Arbitrary<ViewAction> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('moved'),
      move: fc.constantFrom('up', 'down', 'page-up', 'page-down', 'first', 'last'),
    }),
  },
  fc.constant({ type: 'pane-changed' } as const),
  fc.constant({ type: 'entry-toggled' } as const),
  fc.record({ type: fc.constant('dialog-opened'), dialog }),
  fc.constant({ type: 'dialog-closed' } as const),
  fc.record({
    type: fc.constant('noticed'),
    notice: fc.record({
      text: foreignText.map((text) => text.replaceAll('\n', ' ')),
      tone: fc.constantFrom('plain', 'problem'),
      until: fc.constant(now + 5),
    }),
  }),
);

/** A screen after any keys, and then another project, another log, another size behind the same view. */
const anyScreen: fc.Arbitrary<ScreenState> = fc
  .record({
    projects: fc.tuple(anyTasks, anyTasks),
    logs: fc.tuple(anyEntries, anyEntries),
    sizes: fc.tuple(size, size),
    actions: fc.array(action, { maxLength: 12 }),
    tick: fc.nat(100),
    ascii: fc.boolean(),
  })
  .map(({ projects, logs, sizes, actions, tick, ascii }) => {
    const scene = (which: 0 | 1, selected: string | null) => ({
      board: board({ tasks: projects[which], project: '~/日本/shop' }),
      log: selected === null ? null : { task: selected, entries: logs[which] },
      size: sizes[which],
      now,
      tick,
    });
    let view = reduceView(initialView(), { type: 'scene-changed' }, scene(0, null));
    for (const one of actions) view = reduceView(view, one, scene(0, view.selected));
    return { ...scene(1, view.selected), view, theme: { ...darkTheme, ascii } };
  });

test('a screen has exactly the rows of the terminal, each exactly as wide', () => {
  fc.assert(
    fc.property(anyScreen, (state) => {
      const rows = screenRows(state);
      expect(rows).toHaveLength(state.size.rows);
      for (const row of rows) {
        expect(runsWidth(row)).toBe(state.size.columns);
        expect(stringWidth(rowText(row))).toBe(state.size.columns);
      }
    }),
    { numRuns: 400 },
  );
});

test('nothing that a terminal would obey is ever drawn', () => {
  fc.assert(
    fc.property(anyScreen, (state) => {
      const text = screenRows(state).map(rowText).join('');
      expect(text).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028\u2029]/);
    }),
  );
});

test('an ASCII screen is printable ASCII, and stands where the other stands', () => {
  fc.assert(
    fc.property(anyScreen, (state) => {
      const rows = screenRows({ ...state, theme: { ...darkTheme, ascii: true } });
      for (const row of rows) expect(rowText(row)).toMatch(/^[ -~]*$/);
      const others = screenRows({ ...state, theme: darkTheme });
      expect(rows.map((row) => row.map(({ style }) => style))).toEqual(
        others.map((row) => row.map(({ style }) => style)),
      );
    }),
  );
});

test('drawing the same state again draws the same screen', () => {
  fc.assert(
    fc.property(anyScreen, (state) => {
      const again = screenRows(state);
      expect(screenRows(state).every((row, y) => isSameRow(row, again[y] ?? []))).toBe(true);
    }),
  );
});
