// Sees that the user changed the settings of the task while a run of it is under way: `options.json` says what its
// sessions are started with, and the runner itself writes it only as the run begins.

import { sameOptions, checksOf, type TaskOptions } from '../../core/task/options.ts';
import { settingsWith, type ChangedSettings } from '../../core/limits/changed-settings.ts';
import { partsInForce } from '../../core/stage/stage.ts';
import { serially } from '../serially.ts';
import type { RunnerDeps, RunRequest } from './runner-deps.ts';

/** A look reads one small file. */
const lookEveryMs = 1000;

/** `onChange`: the next session is to be started with them. A file that is gone changes nothing. */
export function watchOptions(
  { state, task, clock }: Pick<RunnerDeps, 'state' | 'task' | 'clock'>,
  begunWith: TaskOptions,
  onChange: (options: TaskOptions) => void,
): { close(): void } {
  let last = begunWith;
  const look = serially(async () => {
    const options = await state.writtenOptions(await task.identity());
    if (options === null || sameOptions(options, last)) return;
    last = options;
    onChange(options);
  });
  return { close: clock.every(lookEveryMs, () => void look().catch(() => {})) };
}

/** The request as it would be with these options. Codex and the worktree stay as the run began. */
export function requestWith(
  request: RunRequest,
  changed: TaskOptions,
): { request: RunRequest; changed: ChangedSettings } {
  const { settings } = request;
  const { codex, worktree } = request.options;
  const options = { ...changed, codex, worktree };
  const checks = checksOf(options, request.configured?.checks ?? []);
  const { maxTokens, maxTimeMs, hours, after, maxSessions } = options;
  const given: ChangedSettings = {
    limits: { maxTokens, maxTimeMs, hours, after },
    checksChanged: JSON.stringify(checks) !== JSON.stringify(request.checks),
    review: options.review ?? request.configured?.review ?? false,
    stage: partsInForce({ ...settings, checks, worktree: request.workplace !== undefined }),
    ...(maxSessions === request.options.maxSessions ? {} : { maxSessions }),
  };
  return {
    request: {
      ...request,
      options,
      checks,
      settings: settingsWith(settings, given),
    },
    changed: given,
  };
}
