import { describe, expect, test } from 'vitest';
import { commands } from '../../../source/screen/commands/command-table.ts';
import { paletteEntries } from '../../../source/ui/keys/palette.ts';
import type { KeyContext } from '../../../source/ui/keys/command.ts';
import { emptyField } from '../../../source/ui/dialog/text-field.ts';
import { screenRows } from '../../../source/ui/screen.ts';
import { keyContextOf } from '../../../source/ui/view/panes.ts';
import { board, drawn, screen, state, task, view } from '../sample.ts';

const dialog = { kind: 'palette', field: emptyField, at: 0 } as const;
const running = task('shop', { state: state('running'), run: 'r1', done: 1, total: 3 });
const context = (changes: Partial<KeyContext> = {}): KeyContext => ({
  task: running,
  focus: 'tasks',
  dialog,
  commands,
  ...changes,
});

const drawnPalette = (size: '80×24' | '120×40', at = 0): string =>
  drawn(screenRows(screen(size, { view: view({ dialog: { ...dialog, at } }) })));

describe('the palette', () => {
  test.each([
    ['a task runs', context()],
    ['there is no task', context({ task: null })],
    ['a search is on', context({ isSearching: true, isLogFiltered: true, isFiltering: true })],
  ])('has each name once, and what can run comes first: %s', (_when, where) => {
    const entries = paletteEntries(dialog, where);
    const labels = entries.map(({ label }) => label);
    expect(labels).toEqual([...new Set(labels)]);
    const firstRefused = entries.findIndex(({ whyNot }) => whyNot !== null);
    expect(firstRefused).toBeGreaterThan(0);
    expect(entries.slice(firstRefused).every(({ whyNot }) => whyNot !== null)).toBe(true);
  });

  test('tells commands of one name apart by their pane', () => {
    const labels = paletteEntries(dialog, context()).map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(['filter (tasks)', 'filter (log)']));
  });

  test('is as tall as the screen, and counts its commands', () => {
    const count = paletteEntries(dialog, context()).length;
    const rows = drawnPalette('120×40').split('\n');
    const top = rows.findIndex((row) => row.includes(`╭ All commands 1 of ${count} ─`));
    const bottom = rows.findIndex((row) => row.includes('╰'));
    expect(top).toBe(0);
    expect(bottom).toBe(39);
    expect(drawnPalette('80×24', 30)).toContain(`All commands 31 of ${count}`);
  });

  test('says the whole sentence of the marked command', () => {
    const shown = keyContextOf(view(), { board: board() });
    const at = paletteEntries(dialog, shown).findIndex(
      ({ command }) => command.id === 'log-filter',
    );
    expect(drawnPalette('80×24', at)).toContain('reasoning, to-dos, runner, all.');
  });
});
