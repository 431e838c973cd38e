// The gauge of the dashboard's header, with the production deps.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { watchGauge } from '../../engine/tasks/gauge-watch.ts';
import type { Store } from '../../engine/tasks/store.ts';
import { systemClock } from '../../system/clock.ts';
import { readRateLimits } from '../../system/codex-rate-limits.ts';
import type { Configuration } from '../../system/configuration.ts';
import { codexHome, machineDirectory } from '../../system/state/machine-directory.ts';
import { hasRunner } from '../../ui/look/state-words.ts';
import type { ProjectPaths } from '../project-paths.ts';
import { codexFor } from './codex-for.ts';

/** Returns the function that ends it. */
export function showGauge(
  { project, home }: ProjectPaths,
  configuration: Pick<Configuration, 'codex' | 'settings'>,
  store: Store,
): () => void {
  return watchGauge({
    deps: {
      clock: systemClock,
      machine: machineDirectory(home, process.env),
      codex: { readRateLimits: (codex, signal) => readRateLimits(codex, { signal }) },
    },
    codex: async () => {
      // Only a login has usage windows, and its file is where Codex keeps it.
      if (!existsSync(join(codexHome(process.env), 'auth.json'))) return null;
      const codex = await codexFor(project, configuration, null);
      return 'problem' in codex ? null : codex.path;
    },
    isNeeded: () => store.board().tasks.some(({ state }) => hasRunner(state)),
    onWindow: (window) => store.dispatch({ type: 'usage', window }),
  });
}
