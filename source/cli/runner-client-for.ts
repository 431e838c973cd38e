// The runner client of one invocation: its flags and the user's configuration, with the production deps.

import { join } from 'node:path';
import type { Call } from './invocation.ts';
import type { RunSettings } from '../core/run/settings.ts';
import { createFleet, type Fleet } from '../engine/tasks/runner-client.ts';
import type { Setting } from './command-context.ts';
import { findCodex } from '../system/process/codex-path.ts';
import { launchRunner } from '../system/process/runner-process.ts';
import { keptStatePath } from '../system/state/state-location.ts';
import { stateDirectory, stateDirectoryAt } from '../system/state/state-directory.ts';

/** A background runner waits for the user, for as long as it takes. */
export type Waiting = Pick<RunSettings, 'waitsForPerson' | 'maxWaitMs'>;
const patient: Waiting = { waitsForPerson: true, maxWaitMs: null };

export function fleetFor(
  call: Call,
  { place, configuration }: Setting,
  waiting: Waiting = patient,
): Fleet {
  const { project, home } = place;
  const { codex: configured } = configuration;
  return createFleet(
    {
      project,
      state: (task) => stateDirectoryAt(keptStatePath(home, project, task)),
      findCodex: () =>
        findCodex({ named: call.codex, configured, environment: process.env, project }),
      launch: (request) =>
        launchRunner({
          program: join(import.meta.dirname, 'runner.js'),
          directory: project,
          stateDirectory: stateDirectory(home, project, request.task).path,
          foreignOwner: request.foreignOwner,
          request: { home, request },
        }),
    },
    {
      settings: {
        ...configuration.settings,
        autoContinue: call.autoContinue,
        maxSessions: call.maxSessions,
        ...waiting,
      },
      extra: call.extra,
      foreignOwner: call.trustOwner ? 'trusted' : 'refused',
    },
  );
}
