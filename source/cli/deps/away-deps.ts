// What the dashboard says of the time since the last one was closed, and what its report is about.

import { awaySentence } from '../../core/report/away.ts';
import type { ProjectReport } from '../../core/report/project-report.ts';
import type { Store } from '../../engine/tasks/store.ts';
import { ownScreen } from '../../screen/own-screen.ts';
import type { Configuration } from '../../system/configuration.ts';
import { systemClock } from '../../system/clock.ts';
import { glyphs } from '../../ui/look/glyphs.ts';
import { keyLabel } from '../../ui/keys/keys.ts';
import type { ProjectPaths } from '../project-paths.ts';
import { reportDeps } from './report-deps.ts';

export type Away = {
  readReport(): Promise<ProjectReport>;
  /** Looks, and says it in the status area, until the user has opened the report or some time has passed. */
  greet(): void;
  close(): void;
};

/** The user has had it before his eyes. */
const shownMs = 5 * 60_000;

type AwayOf = {
  paths: ProjectPaths;
  configuration: Pick<Configuration, 'keys' | 'mouse' | 'warnings'>;
  store: Store;
  /** Epoch ms; null if no dashboard was closed yet. */
  since: number | null;
};

export function awayDeps({ paths, configuration, store, since }: AwayOf): Away {
  const read = reportDeps(paths);
  const say = (sentence: string | null): void => store.dispatch({ type: 'away', sentence });
  let isSeen = false;
  let cancel = (): void => {};

  async function look(): Promise<void> {
    if (since === null) return;
    const sentence = awaySentence(await read({ task: null, since, what: 'news' }));
    if (sentence === null || isSeen) return;
    const { commands } = ownScreen(configuration, systemClock.now());
    const key = keyLabel(commands.find(({ id }) => id === 'report')?.keys[0] ?? '');
    say(key === '' ? sentence : `${sentence} ${glyphs.between} ${key}`);
    cancel = systemClock.wakeAt(systemClock.now() + shownMs, () => say(null));
  }

  return {
    readReport: () => {
      isSeen = true;
      say(null);
      return read({ task: null, since });
    },
    // It says nothing rather than something wrong.
    greet: () => void look().catch(() => {}),
    close: () => {
      isSeen = true;
      cancel();
    },
  };
}
