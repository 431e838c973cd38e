// Props in, picture out: the header, in which Ink's own spinner turns while something runs, and the canvas below.
// Exactly as high and as wide as the terminal, or Ink would scroll it.

import { Box, Text } from 'ink';
import Spinner from 'ink-spinner';
import { Canvas, Runs } from './Canvas.tsx';
import type { HeaderParts } from '../ui/rows/header-rows.ts';
import { screenPicture, type ScreenState } from '../ui/screen.ts';
import { inkStyle, type Theme } from '../ui/look/theme.ts';

export type ScreenProps = { readonly state: ScreenState };

export function Screen({ state }: ScreenProps) {
  const { header, body } = screenPicture(state);
  const { columns, rows } = state.size;
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      {header === null ? null : <HeaderLine header={header} theme={state.theme} />}
      <Canvas rows={body} theme={state.theme} />
    </Box>
  );
}

type HeaderLineProps = { readonly header: HeaderParts; readonly theme: Theme };

/** A single row. Its spinner has a timer of its own, so it is only there while something turns. */
function HeaderLine({ header, theme }: HeaderLineProps) {
  const style = header.spinner?.[0]?.style;
  return (
    <Text wrap="truncate">
      <Runs row={header.before} theme={theme} />
      {style === undefined ? null : (
        <Text {...inkStyle(style, theme)}>
          <Spinner type={theme.ascii ? 'line' : 'dots'} />
        </Text>
      )}
      <Runs row={header.after} theme={theme} />
    </Text>
  );
}
