// Puts hooks and picture together; decides nothing. Everything that it needs of the world is a parameter, so
// that a test hands in a project of its own and a fake terminal.

import { useEffect } from 'react';
import { useInput, usePaste, useWindowSize } from 'ink';
import type { Sandbox } from '../core/task.ts';
import type { Fleet } from '../engine/fleet.ts';
import type { Store } from '../engine/store.ts';
import { useBoard } from '../hooks/use-board.ts';
import { useCodex } from '../hooks/use-codex.ts';
import { useCommands } from '../hooks/use-commands.ts';
import type { OpenLog } from '../engine/log-keeper.ts';
import { useSessionLog } from '../hooks/use-session-log.ts';
import { useTime } from '../hooks/use-time.ts';
import { useScene, useView, useViewStore } from '../hooks/view-store.ts';
import { keysFrom } from './keys.ts';
import { Screen } from './Screen.tsx';
import { isTurning, isUnderWay } from './state-words.ts';
import type { Theme } from './theme.ts';

export type AppProps = {
  store: Store;
  fleet: Fleet;
  openLog: OpenLog;
  theme: Theme;
  /** The task that the dashboard was opened for; it may not be on disk yet. */
  selected: string | null;
  sandbox: Sandbox;
  quit: () => void;
};

export function App({ store, fleet, openLog, theme, selected, sandbox, quit }: AppProps) {
  const board = useBoard(store);
  const size = useWindowSize();
  const isMoving = board.tasks.some(({ state }) => isTurning(state.word));
  const views = useViewStore({ selected, scene: { board, log: null, size, now: 0, tick: 0 } });
  const view = useView(views);
  const { now, tick } = useTime({ isMoving, wakeAt: view.notice?.until ?? null });
  const log = useSessionLog(openLog, view.selected);
  const scene = { board, log, size, now, tick };
  useScene(views, scene);

  const codex = useCodex(fleet);
  const press = useCommands({ store: views, codex, sandbox, quit });
  useInput((input, key) => {
    for (const pressed of keysFrom(input, key)) press(pressed);
  });
  // Mounted always: a pasted text outside of a form would be read as keys, and a `q` in it would quit.
  usePaste((text) => {
    if (views.view().dialog?.kind !== 'new task') return;
    const change = { type: 'edit' as const, edit: { type: 'insert' as const, text } };
    views.act({ type: 'form-changed', change });
  });

  const isLeaving = view.dialog?.kind === 'leaving';
  const isAtRest = !board.tasks.some(({ state }) => isUnderWay(state.word));
  useEffect(() => {
    if (isLeaving && isAtRest) quit();
  }, [isLeaving, isAtRest, quit]);

  return <Screen state={{ ...scene, view, theme }} />;
}
