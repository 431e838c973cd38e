// Lends the terminal to another program for a while, then restores it: its modes, its screen and what was drawn.

import { useCallback, useEffect } from 'react';
import { useApp } from 'ink';
import type { ScreenPainter } from '../ui/terminal/screen-painter.ts';

export type LendTerminal = (use: () => Promise<void>) => Promise<void>;

export function useTerminalLoan(painter: ScreenPainter | null): LendTerminal {
  const { suspendTerminal } = useApp();
  return useCallback(
    async (use) => {
      const suspended = async (): Promise<void> => void (await suspendTerminal(use));
      await withoutInterrupts(() => (painter === null ? suspended() : painter.lend(suspended)));
    },
    [painter, suspendTerminal],
  );
}

/**
 * Until the terminal gives us Ctrl-C as a key again, it is a signal, for the program that has the terminal. One that comes
 * after the end of that program (a second Ctrl-C to leave Codex) must not end the dashboard.
 */
export async function withoutInterrupts(lent: () => Promise<void>): Promise<void> {
  const ignore = (): void => {};
  process.on('SIGINT', ignore);
  try {
    await lent();
  } finally {
    process.off('SIGINT', ignore);
  }
}

/**
 * After a stop (`kill -STOP`, then `fg`), the terminal has the shell's modes and the program gets no keys. Lending the
 * terminal for no time at all fixes that.
 */
export function useWayBackFromStop(lend: LendTerminal): void {
  useEffect(() => {
    const back = (): void => {
      // This fails if the terminal is lent already; that loan restores it, too.
      lend(() => Promise.resolve()).catch(() => {});
    };
    process.on('SIGCONT', back);
    return () => void process.off('SIGCONT', back);
  }, [lend]);
}
