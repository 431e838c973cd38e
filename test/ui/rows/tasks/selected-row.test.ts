import { expect, test } from 'vitest';
import { rowText, type Row } from '../../../../source/ui/rows/row.ts';
import { screenRows } from '../../../../source/ui/screen.ts';
import {
  colourBlindTheme,
  darkTheme,
  inkStyle,
  lightTheme,
  plainTheme,
  themeFor,
  type Theme,
} from '../../../../source/ui/look/theme.ts';
import { screen } from '../../sample.ts';

const sizes = ['40×10', '80×24', '120×40'] as const;

/** The row of the selected task, as far as the pane is wide. */
function selectedRow(size: (typeof sizes)[number], theme: Theme): Row {
  const rows = screenRows({ ...screen(size), theme });
  const row = rows.find((one) => rowText(one).trimStart().startsWith('▸')) ?? [];
  const edge = row.findIndex(({ text }) => text.startsWith('│'));
  return edge === -1 ? row : row.slice(0, edge);
}

test.each([darkTheme, lightTheme, colourBlindTheme])(
  'the selected task has a ground from edge to edge, on which its bar is still seen: $name',
  (theme) => {
    for (const size of sizes) {
      const grounds = selectedRow(size, theme).map(({ style }) => inkStyle(style, theme));
      const seen = new Set(grounds.map(({ backgroundColor }) => backgroundColor));
      expect([...seen].sort()).toEqual([theme.selected?.row, theme.selected?.track].sort());
    }
  },
);

test.each([plainTheme, themeFor({ LANG: 'C.UTF-8', TERM: 'linux' })])(
  'where no ground can be faint, the name of the selected task is inverse: $name',
  (theme) => {
    for (const size of sizes) {
      const row = selectedRow(size, theme);
      const inverse = row.filter(({ style }) => inkStyle(style, theme).inverse === true);
      expect(inverse.map(({ text }) => text.trim())).toEqual([
        expect.stringMatching(/^build-rest/),
      ]);
    }
  },
);
