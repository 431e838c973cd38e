// The fleet of one call: what its flags and the person's configuration say, with the real doors.

import { join } from 'node:path';
import type { Call } from './arguments.ts';
import { createFleet, type Fleet } from './engine/fleet.ts';
import type { Setting } from './setting.ts';
import { findCodex } from './system/codex-path.ts';
import { launchRunner } from './system/runner-process.ts';
import { stateDirectory } from './system/state-directory.ts';

export function fleetFor(call: Call, { place, configuration }: Setting): Fleet {
  const { project, home } = place;
  const named = call.codex ?? (process.env['AUTONOMOUS_CODEX'] ? null : configuration.codex);
  return createFleet(
    {
      project,
      state: (task) => stateDirectory(home, project, task),
      findCodex: () => findCodex({ named, environment: process.env, project }),
      launch: (request) =>
        launchRunner({
          program: join(import.meta.dirname, 'runner.js'),
          directory: project,
          stateDirectory: stateDirectory(home, project, request.task).path,
          request: { home, request },
        }),
    },
    {
      settings: {
        ...configuration.settings,
        autoContinue: call.autoContinue,
        maxSessions: call.maxSessions,
      },
      extra: call.extra,
    },
  );
}
