// The header, with Ink's own spinner while a task runs, and the canvas below. A pure function of its props. It must be
// exactly as high and as wide as the terminal, or Ink would scroll it.

import { Box, Text } from 'ink';
import Spinner from 'ink-spinner';
import { Canvas, Runs } from './Canvas.tsx';
import type { HeaderParts } from '../ui/rows/header-rows.ts';
import { screenParts, type ScreenState } from '../ui/screen.ts';
import { inkStyle, type Theme } from '../ui/look/theme.ts';

type ScreenProps = { readonly state: ScreenState };

export function Screen({ state }: ScreenProps) {
  const { header, body } = screenParts(state);
  const { columns, rows } = state.size;
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      {header === null ? null : <HeaderLine header={header} theme={state.theme} />}
      <Canvas rows={body} theme={state.theme} />
    </Box>
  );
}

type HeaderLineProps = { readonly header: HeaderParts; readonly theme: Theme };

/** A single row. Ink's spinner has its own timer, so it is mounted only while something spins. */
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
