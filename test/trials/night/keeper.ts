// The dashboard that stays open all night: if it ends, it is restarted, but no key is ever pressed. Only this dashboard
// can recover a run that has lost its runner.

import { setTimeout as delay } from 'node:timers/promises';
import type { TrialWorld } from '../outside/trial-world.ts';
import { openOnTerminal, type OnTerminal } from '../outside/program.ts';
import type { ProcessWatch, SeenProcess } from '../outside/process-watch.ts';

export type Keeper = {
  /** The dashboard's process, if there is one. */
  seen(): SeenProcess | null;
  openings(): number;
  close(): Promise<void>;
};

export function keepDashboardOpen(
  place: TrialWorld,
  watch: ProcessWatch,
  betweenOpeningsMs = 1500,
): Keeper {
  let current: OnTerminal | null = null;
  let isClosed = false;
  let openings = 0;
  const keeping = keep();

  async function keep(): Promise<void> {
    while (!isClosed) {
      current = openOnTerminal(place, []);
      openings += 1;
      await current.ended;
      if (!isClosed) await delay(betweenOpeningsMs);
    }
  }

  return {
    seen: () =>
      watch
        .living('program')
        .find(({ pid }) => current?.isOpen() === true && pid === current.pid) ?? null,
    openings: () => openings,
    close: async () => {
      isClosed = true;
      current?.close();
      await keeping;
    },
  };
}
