// The runner client of one invocation: its flags and the user's configuration, with the production deps.

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Invocation } from './invocation.ts';
import type { RunSettings } from '../core/run/settings.ts';
import { createRunnerClient, type RunnerClient } from '../engine/tasks/runner-client.ts';
import type { CommandContext } from './command-context.ts';
import { findCodex } from '../system/process/codex-path.ts';
import { launchRunner } from '../system/process/runner-process.ts';
import { directoryIdentity } from '../system/state/task-snapshot.ts';
import { whyNoProfile } from '../system/codex-profile.ts';
import { locateState } from '../system/state/state-location.ts';
import { stateDirectory, stateDirectoryAt } from '../system/state/state-directory.ts';

/** A background runner waits for the user, for as long as it takes. */
type Waiting = Pick<RunSettings, 'waitsForUser' | 'maxWaitMs'>;
const patient: Waiting = { waitsForUser: true, maxWaitMs: null };

export function runnerClientFor(
  invocation: Invocation,
  { paths, configuration }: CommandContext,
  waiting: Waiting = patient,
): RunnerClient {
  const { project, home } = paths;
  const { codex: configured } = configuration;
  return createRunnerClient(
    {
      project,
      state: (task) => stateDirectoryAt(locateState(home, project, task)),
      directory: (task) => directoryIdentity(project, task),
      findCodex: (named) => findCodex({ named, configured, environment: process.env, project }),
      whyNoProfile: (profile) => whyNoProfile(profile, process.env),
      launch: (request) =>
        launchRunner({
          program: join(import.meta.dirname, 'runner.js'),
          directory: project,
          stateDirectory: stateDirectory(home, project, request.task).path,
          foreignOwner: request.foreignOwner,
          request: { home, request },
        }),
      newUuid: randomUUID,
    },
    {
      settings: {
        ...configuration.settings,
        autoContinue: invocation.autoContinue,
        maxSessions: invocation.maxSessions,
        ...waiting,
      },
      given: invocation.sessionOptions,
      foreignOwner: invocation.trustOwner ? 'trusted' : 'refused',
    },
  );
}
