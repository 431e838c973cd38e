// Hands the terminal to somebody else for a while, and takes it back whole: its modes, its screen, its picture.

import { useCallback, useEffect } from 'react';
import { useApp } from 'ink';
import type { ScreenPainter } from '../ui/terminal/screen-painter.ts';

export type LendTerminal = (use: () => Promise<void>) => Promise<void>;

export function useTerminalLoan(painter: ScreenPainter | null): LendTerminal {
  const { suspendTerminal } = useApp();
  return useCallback(
    async (use) => {
      const suspended = async (): Promise<void> => void (await suspendTerminal(use));
      await (painter === null ? suspended() : painter.lend(suspended));
    },
    [painter, suspendTerminal],
  );
}

/**
 * Stopped and continued (`kill -STOP`, `fg`), a program finds the terminal with the shell's modes and deaf to keys.
 * Lending it for no time at all puts that right.
 */
export function useWayBackFromStop(lend: LendTerminal): void {
  useEffect(() => {
    const back = (): void => {
      // Whoever has it at this moment gives it back, too.
      lend(() => Promise.resolve()).catch(() => {});
    };
    process.on('SIGCONT', back);
    return () => void process.off('SIGCONT', back);
  }, [lend]);
}
