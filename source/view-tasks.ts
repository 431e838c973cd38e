// The dashboard with the real doors, for a project of the person's and for the demo's: observes, takes up what
// lost its runner, and shows it until the person leaves.

import { emptyBoard } from './core/board.ts';
import { cleanLine } from './core/clean.ts';
import type { Sandbox } from './core/task.ts';
import type { Fleet } from './engine/fleet.ts';
import { observeTasks, type Observer } from './engine/observer.ts';
import { createStore, type Store } from './engine/store.ts';
import { takeUpOrphans } from './engine/take-up.ts';
import type { Setting } from './setting.ts';
import { systemClock } from './system/clock.ts';
import { homeRelative } from './system/project.ts';
import { themeFor } from './ui/theme.ts';
import { logFeedFor, observerDoors } from './viewing-doors.ts';

export type Watching = { store: Store; observer: Observer };

/** Keeps a Board of the project's tasks; `observer.close()` ends it. */
export function watchTasks({ place }: Setting): Watching {
  const store = createStore(emptyBoard(cleanLine(homeRelative(place.project))), systemClock);
  const observer = observeTasks(observerDoors(place), (action) => store.dispatch(action));
  return { store, observer };
}

export type Showing = {
  setting: Setting;
  watching: Watching;
  fleet: Fleet;
  selected: string | null;
  sandbox: Sandbox;
};

/** Resolves when the person has left; rejects with what broke the picture. The work goes on either way. */
export async function viewTasks(showing: Showing): Promise<void> {
  const { setting, watching, fleet, selected, sandbox } = showing;
  const { place, configuration } = setting;
  const { store, observer } = watching;
  const takingUp = takeUpOrphans({ store, fleet });
  try {
    const [{ showDashboard }] = await Promise.all([import('./dashboard.tsx'), observer.look()]);
    await showDashboard({
      clock: systemClock,
      store,
      fleet,
      openLog: (task) => logFeedFor(place, task),
      theme: themeFor(process.env, {
        ...(configuration.glyphs === null ? {} : { ascii: configuration.glyphs === 'ascii' }),
      }),
      selected,
      sandbox,
    });
  } finally {
    takingUp.close();
  }
}
