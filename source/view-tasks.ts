// The dashboard with the real doors, for a project of the person's and for the demo's: observes, takes up what
// lost its runner, and shows it until the person leaves.

import { withinTime } from './system/time-limit.ts';
import { emptyBoard } from './core/board.ts';
import { cleanLine } from './core/clean.ts';
import type { Sandbox } from './core/task.ts';
import type { Fleet } from './engine/fleet.ts';
import { observeTasks, type Observer } from './engine/observer.ts';
import { createStore, type Store } from './engine/store.ts';
import { takeUpOrphans } from './engine/take-up.ts';
import { detailsFeedFor } from './details-doors.ts';
import type { DashboardProps } from './dashboard.tsx';
import type { Setting } from './setting.ts';
import { systemClock } from './system/clock.ts';
import type { Configuration } from './system/configuration.ts';
import { homeRelative } from './system/project.ts';
import { commands as defaultCommands } from './ui/keymap.ts';
import { withOwnKeys } from './ui/own-keys.ts';
import { themeFor } from './ui/theme.ts';
import type { OwnView } from './ui/view-state.ts';
import { exportLog } from './log-export.ts';
import { clipboardSequence } from './system/clipboard.ts';
import { logFeedFor, observerDoors } from './viewing-doors.ts';

export type Watching = { store: Store; observer: Observer };

/** Keeps a Board of the project's tasks, once it is told to look; `observer.close()` ends it. */
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
  /** Aborted, the person has left. */
  leave?: AbortSignal;
};

/** Resolves when the person has left; rejects with what broke the picture. The work goes on either way. */
export async function viewTasks(showing: Showing): Promise<void> {
  const { setting, watching, fleet, selected, sandbox } = showing;
  const { place, configuration } = setting;
  const { store, observer } = watching;
  const takingUp = takeUpOrphans({ store, fleet });
  try {
    const [{ showDashboard }] = await Promise.all([import('./dashboard.tsx'), observer.look()]);
    const dashboard = {
      clock: systemClock,
      store,
      fleet,
      openLog: (task) => logFeedFor(place, task),
      openDetails: (task) => detailsFeedFor(place, task),
      theme: themeFor(process.env, {
        name: configuration.theme,
        ...(configuration.glyphs === null ? {} : { ascii: configuration.glyphs === 'ascii' }),
      }),
      own: ownView(configuration),
      selected,
      sandbox,
      copy: copyToTerminal,
      withinTime,
      exportLog: (what) => exportLog(place, what),
    } satisfies DashboardProps;
    const left = showDashboard(dashboard, showing.leave);
    observer.watch();
    await left;
  } finally {
    takingUp.close();
  }
}

function copyToTerminal(text: string): string {
  const sequence = clipboardSequence(text, process.env);
  if (sequence === null) return 'That is too long for a clipboard: x writes it to a file';
  process.stdout.write(sequence);
  const lines = text.split('\n').length;
  return lines === 1 ? 'Copied' : `Copied ${lines} lines`;
}

/** Long enough to be read by somebody who has just changed the file. */
const noticeMs = 20_000;

function ownView({ keys, mouse, warnings }: Configuration): OwnView {
  const { commands, problems } = withOwnKeys(defaultCommands, keys);
  const sentences =
    problems.length === 0 ? warnings : [...warnings, `keys: ${problems.join('; ')}`];
  if (sentences.length === 0) return { commands, mouse };
  const text = cleanLine(sentences.join('; '));
  const until = systemClock.now() + noticeMs;
  return { commands, mouse, notice: { text, tone: 'problem', until } };
}
