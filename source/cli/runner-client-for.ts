// The runner client of one invocation: its flags and the user's configuration, with the production deps.

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Invocation } from './invocation.ts';
import { noLimits } from '../core/limits/limits.ts';
import type { RunSettings } from '../core/run/settings.ts';
import { writeControlRequest } from '../engine/coordination/control-requests.ts';
import { createRunnerClient, type RunnerClient } from '../engine/tasks/runner-client.ts';
import type { CommandContext } from './command-context.ts';
import { codexFor } from './deps/codex-for.ts';
import { launchRunner } from '../system/process/runner-process.ts';
import { directoryIdentity } from '../system/state/task-snapshot.ts';
import { whyNoProfile } from '../system/codex-profile.ts';
import { locateState } from '../system/state/state-location.ts';
import { canHaveWorktree } from '../system/worktree/can-have.ts';
import {
  stateDirectory,
  stateDirectoryAt,
  type StateDirectory,
} from '../system/state/state-directory.ts';

/** A background runner waits for the user, for as long as it takes. */
type Waiting = Pick<RunSettings, 'waitsForUser' | 'maxWaitMs'>;
const patient: Waiting = { waitsForUser: true, maxWaitMs: null };

export function runnerClientFor(
  invocation: Invocation,
  { paths, configuration }: CommandContext,
  waiting: Waiting = patient,
): RunnerClient {
  const { project, home } = paths;
  const state = (task: string): StateDirectory =>
    stateDirectoryAt(locateState(home, project, task));
  return createRunnerClient(
    {
      project,
      state,
      coordination: (task) => ({
        request: (request) => writeControlRequest(state(task), request),
      }),
      directory: (task) => directoryIdentity(project, task),
      findCodex: (named) => codexFor(project, configuration, named),
      whyNoProfile: (profile) => whyNoProfile(profile, process.env),
      canHaveWorktree: () => canHaveWorktree(project),
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
        limits: { ...noLimits, until: invocation.limits.until },
        guard: configuration.checking.guard,
        checkpoints: configuration.checking.checkpoints,
        checkpointsKeptMs: configuration.checking.checkpointsKeptMs,
        checkMs: configuration.checking.checkMs,
        ...waiting,
      },
      given: invocation.sessionOptions,
      checks: configuration.checking.checks,
      configured: { model: configuration.model, profile: configuration.profile },
      worktree: configuration.worktree,
      planOnly: { given: invocation.limits.planOnly, setting: configuration.planOnly },
      foreignOwner: invocation.trustOwner ? 'trusted' : 'refused',
    },
  );
}
