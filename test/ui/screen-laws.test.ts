import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test, vi } from 'vitest';
import { commands } from '../../source/screen/commands/command-table.ts';
import { isSameRow, rowText, runsWidth } from '../../source/ui/rows/row.ts';
import { screenRows, type ScreenState } from '../../source/ui/screen.ts';
import { darkTheme } from '../../source/ui/look/theme.ts';
import { reduceView } from '../../source/ui/view/reducer.ts';
import { initialView } from '../../source/ui/view/state.ts';
import { anyChanges, anyDetails, anyEntries, anySessions, anyTasks } from './arbitrary.ts';
import { anyAction, anySize } from './arbitrary-screen.ts';
import { board, now } from './sample.ts';

// These tests draw hundreds of screens, and the machine may be busy.
vi.setConfig({ testTimeout: 30_000 });

/** A screen after any keys, then with another project, log and size behind the same view. */
const anyScreen: fc.Arbitrary<ScreenState> = fc
  .record({
    projects: fc.tuple(anyTasks, anyTasks),
    logs: fc.tuple(anyEntries, anyEntries),
    sessions: fc.tuple(anySessions, anySessions),
    details: fc.tuple(anyDetails, anyDetails),
    changes: fc.tuple(anyChanges, anyChanges),
    sizes: fc.tuple(anySize, anySize),
    actions: fc.array(anyAction, { maxLength: 12 }),
    animationFrame: fc.nat(100),
    ascii: fc.boolean(),
  })
  .map(({ projects, logs, sessions, details, changes, sizes, actions, animationFrame, ascii }) => {
    const scene = (which: 0 | 1, selected: string | null) => ({
      board: board({ tasks: projects[which], project: '~/日本/shop' }),
      log:
        selected === null
          ? null
          : { task: selected, entries: logs[which], sessions: sessions[which] },
      details: selected === null ? null : { ...details[which], task: selected },
      changes: selected === null ? null : { ...changes[which], task: selected },
      size: sizes[which],
      now,
      animationFrame,
    });
    let view = reduceView(initialView({ commands }), { type: 'scene-changed' }, scene(0, null));
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

test('no control character is ever drawn', () => {
  fc.assert(
    fc.property(anyScreen, (state) => {
      const text = screenRows(state).map(rowText).join('');
      expect(text).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028\u2029]/);
    }),
  );
});

test('an ASCII screen is printable ASCII, with every style where it is in the other', () => {
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
