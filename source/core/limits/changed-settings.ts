// What the user changes in the settings of a task while a run of it is under way.

import { look } from '../run/next.ts';
import { planAnew } from '../run/decision/queue.ts';
import type { Next, Run } from '../run/run.ts';
import type { RunSettings } from '../run/settings.ts';
import { withTold, type StagePart } from '../stage/stage.ts';
import { onLimitTime } from './limit-time.ts';
import type { TaskLimits } from './limits.ts';

export type ChangedSettings = {
  limits: TaskLimits;
  /** Absent: as the run began. */
  maxSessions?: number | null;
  review: boolean;
  /** Whether other checks count now: what was found by those before says nothing. */
  checksChanged: boolean;
  stage: readonly StagePart[];
};

export function settingsWith(
  settings: RunSettings,
  { limits, checksChanged: _, ...others }: ChangedSettings,
): RunSettings {
  return { ...settings, ...others, limits: { ...settings.limits, ...limits } };
}

/** What waits for other hours, for another task or for its permit looks again at once. */
export function onSettings(run: Run, changed: ChangedSettings, at: number): Next {
  const unproven = changed.checksChanged
    ? { proof: null, notStarted: null, repairs: 0, told: withTold(run.told, 'checks', null) }
    : {};
  const next: Run = { ...run, ...unproven, settings: settingsWith(run.settings, changed) };
  const { phase } = next;
  if (phase.name === 'queued') return planAnew(next);
  const isHeldBack =
    phase.name === 'waiting' &&
    (phase.wait.reason === 'hours' || phase.wait.reason === 'another task');
  const isAsked = phase.name === 'resting' && phase.because?.reason === 'task before';
  if (isHeldBack || isAsked) return look(next);
  return onLimitTime(next, at);
}
