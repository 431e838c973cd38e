// Draws rows through Ink, one Text per row. This is the reference for every faster backend, which gets the same rows
// and must show the same cells. Screen readers and tests use this one.

import { memo } from 'react';
import { Box, Text } from 'ink';
import { isSameRow, type Row } from '../ui/rows/row.ts';
import { inkStyle, type Theme } from '../ui/look/theme.ts';

type CanvasProps = {
  /** Each is exactly as wide as the screen. */
  readonly rows: readonly Row[];
  readonly theme: Theme;
};

export function Canvas({ rows, theme }: CanvasProps) {
  return (
    <Box flexDirection="column">
      {rows.map((row, y) => (
        <CanvasRow key={y} row={row} theme={theme} />
      ))}
    </Box>
  );
}

type CanvasRowProps = { readonly row: Row; readonly theme: Theme };

const CanvasRow = memo(
  function CanvasRow({ row, theme }: CanvasRowProps) {
    return (
      <Text wrap="truncate">
        <Runs row={row} theme={theme} />
      </Text>
    );
  },
  (before, after) => before.theme === after.theme && isSameRow(before.row, after.row),
);

/** The runs of a row, for use inside a Text. */
export function Runs({ row, theme }: CanvasRowProps) {
  return row.map(({ text, style }, index) => (
    <Text key={index} {...inkStyle(style, theme)}>
      {text}
    </Text>
  ));
}
