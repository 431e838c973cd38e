// Sets mouse capture and window title as the screen wants them, and restores both however the screen ends.

import { useEffect, useLayoutEffect } from 'react';
import type { MouseInput } from '../ui/terminal/mouse-input.ts';
import { hintClicked, pointed } from '../ui/view/pointer.ts';
import { screenRows } from '../ui/screen.ts';
import type { Key } from '../ui/keys/keys.ts';
import type { TerminalModes } from '../ui/terminal/terminal-modes.ts';
import { windowTitle } from '../ui/terminal/window-title.ts';
import type { LiveScreen } from '../screen/live-screen.ts';
import type { Clock } from '../system/clock.ts';
import type { LendTerminal } from './use-terminal-loan.ts';

export function useTerminalModes(screen: LiveScreen, modes: TerminalModes | null): void {
  // A layout effect: when a signal ends the program, only the cleanups of layout effects run.
  useLayoutEffect(() => {
    if (modes === null) return;
    const show = (): void => {
      const { board, view } = screen.state();
      modes.setMouse(view.mouse);
      if (board.looked) modes.setTitle(windowTitle(board));
    };
    modes.takeBack();
    show();
    const stop = screen.subscribe(show);
    return () => {
      stop();
      modes.release();
    };
  }, [screen, modes]);
}

type MouseDeps = {
  readonly screen: LiveScreen;
  readonly clock: Clock;
  /** What a click on the hint of a key does. */
  readonly press: (key: Key) => void;
};

export function useMouse({ screen, clock, press }: MouseDeps, mouse: MouseInput | null): void {
  useEffect(
    () =>
      mouse?.subscribe((event) => {
        const key = event.kind === 'click' ? hintClicked(screenRows(screen.state()), event) : null;
        if (key !== null) return press(key);
        screen.act({ type: 'touched', at: clock.now() });
        for (const action of pointed(screen.view(), event, screen.scene())) screen.act(action);
      }),
    [screen, mouse, clock, press],
  );
}

/** Lends the terminal to one at a time, and releases our modes meanwhile. */
export function lendingModes(lend: LendTerminal, modes: TerminalModes | null): LendTerminal {
  let isLent = false;
  return async (use) => {
    // Whoever has the terminal must not get our modes and our screen in the middle of it.
    if (isLent) throw new Error('the terminal is lent already');
    isLent = true;
    modes?.release();
    try {
      await lend(use);
    } finally {
      isLent = false;
      modes?.takeBack();
    }
  };
}

/** If the stop signal has not stopped us after this long, no shell is there to do so. */
const patienceMs = 300;

/** Ctrl-Z: the shell gets the terminal until it continues us. Runners are in sessions of their own and keep running. */
export function suspend(lend: LendTerminal, clock: Clock): void {
  const stopped = (): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.wakeAt(clock.now() + patienceMs, done);
      function done(): void {
        cancel();
        process.off('SIGCONT', done);
        resolve();
      }
      process.once('SIGCONT', done);
      // To the whole job, like the terminal's own Ctrl-Z.
      process.kill(0, 'SIGTSTP');
    });
  lend(stopped).catch(() => {});
}
