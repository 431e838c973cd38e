// The settings of a task, with the production deps.

import { changeSettings } from '../../../engine/tasks/change-settings.ts';
import { readTaskView } from '../../../engine/tasks/task-reading.ts';
import type { Settings } from '../../../screen/commands/command-deps.ts';
import { whyNoProfile } from '../../../system/codex-profile.ts';
import { locateState } from '../../../system/state/state-location.ts';
import { stateDirectoryAt } from '../../../system/state/state-directory.ts';
import { directoryIdentity } from '../../../system/state/task-snapshot.ts';
import { taskDirectory } from '../../../system/state/task-directory.ts';
import type { Configuration } from '../../../system/configuration.ts';
import type { ProjectPaths } from '../../project-paths.ts';
import { readingDeps } from '../reading-deps.ts';
import { whyStartFixed, whyWorktreeFixed } from './worktree-fixed.ts';

export function settingsFor(paths: ProjectPaths, configuration: () => Configuration): Settings {
  const { project, home } = paths;
  const stateOf = (name: string) => stateDirectoryAt(locateState(home, project, name));
  return {
    read: async (name) => {
      const state = stateOf(name);
      const directory = await taskDirectory(project, name).identity();
      const { model, profile, checking, settings } = configuration();
      const facts = {
        model,
        profile,
        checks: checking.checks.map(({ command }) => command),
        review: settings.review,
        worktreeFixed: await whyWorktreeFixed(paths, name),
        planFixed: await whyStartFixed(paths, name),
        hasWorktree: (await state.readWorktree(directory)) !== null,
      };
      return { options: await state.readOptions(directory), facts };
    },
    change: (name, given) =>
      changeSettings(
        {
          task: taskDirectory(project, name),
          state: stateOf(name),
          view: () => readTaskView(readingDeps(paths), name),
          whyNoProfile: (profile) => whyNoProfile(profile, process.env),
          whyWorktreeFixed: () => whyWorktreeFixed(paths, name),
          whyPlanFixed: () => whyStartFixed(paths, name),
          others: { state: stateOf, directory: (other) => directoryIdentity(project, other) },
        },
        given,
      ),
  };
}
