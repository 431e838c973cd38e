// What the user changes in the settings of a task while a run of it is under way.

import { look } from '../run/next.ts';
import type { Next, Run } from '../run/run.ts';
import type { RunSettings } from '../run/settings.ts';
import type { StagePart } from '../stage/stage.ts';
import { onLimitTime } from './limit-time.ts';
import type { TaskLimits } from './limits.ts';

export type ChangedSettings = {
  limits: TaskLimits;
  /** Absent: as the run began. */
  maxSessions?: number | null;
  review: boolean;
  stage: readonly StagePart[];
};

export function settingsWith(
  settings: RunSettings,
  { limits, ...others }: ChangedSettings,
): RunSettings {
  return { ...settings, ...others, limits: { ...settings.limits, ...limits } };
}

/** What waits for other hours, or for another task, looks again at once. */
export function onSettings(run: Run, changed: ChangedSettings, at: number): Next {
  const next = { ...run, settings: settingsWith(run.settings, changed) };
  const { phase } = next;
  const isHeldBack =
    phase.name === 'waiting' &&
    (phase.wait.reason === 'hours' || phase.wait.reason === 'another task');
  const isAsked = phase.name === 'resting' && phase.because?.reason === 'task before';
  if (isHeldBack || isAsked) return look(next);
  return onLimitTime(next, at);
}
