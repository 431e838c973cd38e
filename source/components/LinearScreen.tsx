// The screen for screen readers: sentences, which Ink writes in its screen-reader mode.

import { Box, Text } from 'ink';
import { linearLines } from '../ui/linear-lines.ts';
import type { ScreenState } from '../ui/screen.ts';

export function LinearScreen({ state }: { readonly state: ScreenState }) {
  return (
    <Box flexDirection="column">
      {linearLines(state).map((line, index) => (
        <Text key={index}>{line}</Text>
      ))}
    </Box>
  );
}
