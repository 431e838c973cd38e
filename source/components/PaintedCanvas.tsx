// Draws rows past Ink: Ink reserves the space, and the painter fills it on every change of the live screen. React
// renders this only when the size changes.

import { useLayoutEffect } from 'react';
import { Box } from 'ink';
import type { LiveScreen } from '../screen/live-screen.ts';
import type { ScreenSize } from '../ui/view/layout.ts';
import type { ScreenPainter } from '../ui/terminal/screen-painter.ts';
import { rememberedRows } from '../ui/turned-rows.ts';

type PaintedCanvasProps = {
  readonly screen: LiveScreen;
  readonly painter: ScreenPainter;
  readonly size: ScreenSize;
};

export function PaintedCanvas({ screen, painter, size }: PaintedCanvasProps) {
  useLayoutEffect(() => {
    const rowsOf = rememberedRows();
    const show = (): void => {
      const state = screen.state();
      painter.show({ rows: rowsOf(state), size: state.size, theme: state.theme });
    };
    show();
    const stop = screen.subscribe(show);
    return () => {
      stop();
      painter.stop();
    };
  }, [screen, painter]);
  return <Box width={size.columns} height={size.rows} />;
}
