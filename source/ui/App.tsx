// Puts hooks and picture together; decides nothing. Everything that it needs of the world is a parameter, so
// that a test hands in a project of its own and a fake terminal.

import { useEffect } from 'react';
import { useInput, usePaste, useWindowSize } from 'ink';
import type { Sandbox } from '../core/task.ts';
import type { Fleet } from '../engine/fleet.ts';
import type { OpenLog } from '../engine/log-keeper.ts';
import type { Store } from '../engine/store.ts';
import type { LiveScreen } from '../hooks/live-screen.ts';
import { useCodex } from '../hooks/use-codex.ts';
import { useCommands } from '../hooks/use-commands.ts';
import { useLiveScreen, useScreenState } from '../hooks/use-live-screen.ts';
import { useSessionLog } from '../hooks/use-session-log.ts';
import { useTerminalLoan, useWayBackFromStop } from '../hooks/use-terminal-loan.ts';
import type { Clock } from '../system/clock.ts';
import { keysFrom } from './keys.ts';
import { PaintedCanvas } from './PaintedCanvas.tsx';
import type { ScreenPainter } from './screen-painter.ts';
import { Screen } from './Screen.tsx';
import { isUnderWay } from './state-words.ts';
import type { Theme } from './theme.ts';

export type AppProps = {
  clock: Clock;
  store: Store;
  fleet: Fleet;
  openLog: OpenLog;
  theme: Theme;
  /** The task that the dashboard was opened for; it may not be on disk yet. */
  selected: string | null;
  sandbox: Sandbox;
  /** Null: Ink draws everything itself, for screen readers, dumb terminals and tests. */
  painter: ScreenPainter | null;
  quit: () => void;
};

export function App(props: AppProps) {
  const { clock, store, fleet, openLog, theme, selected, sandbox, painter, quit } = props;
  const size = useWindowSize();
  const log = useSessionLog(openLog);
  const screen = useLiveScreen({ clock, store, log, theme, size, selected });

  const codex = useCodex(fleet);
  const press = useCommands({ store: screen, codex, sandbox, quit });
  useInput((input, key) => {
    for (const pressed of keysFrom(input, key)) press(pressed);
  });
  // Mounted always: a pasted text outside of a form would be read as keys, and a `q` in it would quit.
  usePaste((text) => {
    if (screen.view().dialog?.kind !== 'new task') return;
    const change = { type: 'edit' as const, edit: { type: 'insert' as const, text } };
    screen.act({ type: 'form-changed', change });
  });
  useWayBackFromStop(useTerminalLoan(painter));
  useEffect(() => screen.subscribe(() => hasLeft(screen) && quit()), [screen, quit]);

  return painter === null ? (
    <DrawnScreen screen={screen} />
  ) : (
    <PaintedCanvas screen={screen} painter={painter} size={size} />
  );
}

function DrawnScreen({ screen }: { screen: LiveScreen }) {
  return <Screen state={useScreenState(screen)} />;
}

/** It was asked to pause everything and quit, and nothing is under way any more. */
function hasLeft(screen: LiveScreen): boolean {
  const { view, board } = screen.state();
  return (
    view.dialog?.kind === 'leaving' && !board.tasks.some(({ state }) => isUnderWay(state.word))
  );
}
