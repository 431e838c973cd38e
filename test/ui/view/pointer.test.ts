import { describe, expect, test } from 'vitest';
import { commands } from '../../../source/screen/commands/command-table.ts';
import { keyLabel } from '../../../source/ui/keys/keys.ts';
import { rowText } from '../../../source/ui/rows/row.ts';
import { screenRows, type ScreenState } from '../../../source/ui/screen.ts';
import { hintClicked } from '../../../source/ui/view/pointer.ts';
import { reduceView } from '../../../source/ui/view/reducer.ts';
import { screen } from '../sample.ts';

/** The key that a click on each cell of a row presses; null: none. */
function keysAlong(state: ScreenState, y: number): (string | null)[] {
  const rows = screenRows(state);
  const line = rowText(rows.at(y) ?? []);
  const at = y < 0 ? rows.length + y : y;
  return [...line].map((_, x) => hintClicked(rows, { kind: 'click', x, y: at })?.name ?? null);
}

/** The words that belong to each key of a row, from the first to the last cell that presses it. */
function hintsOf(state: ScreenState, y: number): [string, string][] {
  const keys = keysAlong(state, y);
  const line = [...rowText(screenRows(state).at(y) ?? [])];
  const names = [...new Set(keys)].filter((key) => key !== null);
  return names.map((name) => [
    name,
    line.slice(keys.indexOf(name), keys.lastIndexOf(name) + 1).join(''),
  ]);
}

describe('a click on the hint of a key', () => {
  test.for(['40×10', '80×24', '120×40'] as const)(
    'presses the key that the hint names, in the footer at %s',
    (size) => {
      const state = screen(size);
      const hints = hintsOf(state, -1);
      expect(hints.length).toBeGreaterThan(2);
      for (const [name, words] of hints) expect(words.split(' ')[0]).toBe(keyLabel(name));
      // The words of the footer are all there is: what lies between the hints presses nothing.
      const shown = hints.map(([, words]) => words).join('  ');
      expect(rowText(screenRows(state).at(-1) ?? []).trim()).toBe(shown);
    },
  );

  test('presses nothing elsewhere, nor for the wheel', () => {
    const state = screen('80×24');
    const rows = screenRows(state);
    for (const y of [0, 1, 5, 10]) expect(keysAlong(state, y).filter(Boolean)).toEqual([]);
    for (const at of [
      { x: -1, y: 23 },
      { x: 80, y: 23 },
      { x: 3, y: 24 },
    ])
      expect(hintClicked(rows, { kind: 'click', ...at })).toBeNull();
    expect(hintClicked(rows, { kind: 'wheel-up', x: 3, y: 23 })).toBeNull();
  });

  test('belongs to the dialog that is open, not to the footer behind it', () => {
    const state = screen('80×24');
    const dialog = { kind: 'palette', field: { text: '', cursor: 0 }, at: 0 } as const;
    const view = reduceView({ ...state.view, commands }, { type: 'dialog-opened', dialog }, state);
    const open = { ...state, view };
    expect(hintsOf(open, -1)).toEqual([]);
    const hints = Array.from({ length: 24 }, (_, y) => hintsOf(open, y)).flat();
    expect(hints).toContainEqual(['escape', 'Esc close']);
  });
});
