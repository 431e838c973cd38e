// The options that say what a run may use and what it waits for: their rows in the table, and what they mean.

import { readTokens } from '../core/limits/amounts.ts';
import { nextTime, readClock, readHours } from '../core/limits/hours.ts';
import type { RunLimits, TaskLimits } from '../core/limits/limits.ts';
import { durationMs } from '../core/text/since.ts';
import { clearingWord } from '../core/task/options.ts';
import { isTaskName } from '../core/task/task.ts';

export const limitRows = [
  {
    name: 'max-tokens',
    takes: 'text',
    value: 'N',
    help: 'Budget of the whole task, remembered for it: tokens of input that was not cached, and of output, e.g. 500k or 5M (none: no budget)',
    group: 'ours',
  },
  {
    name: 'max-time',
    takes: 'text',
    value: 'TIME',
    help: "Budget of each of the task's runs, remembered for it: time at work, e.g. 90m or 8h (none: no budget)",
    group: 'ours',
  },
  {
    name: 'until',
    takes: 'text',
    value: 'CLOCK',
    help: 'Start no session after this time, e.g. 07:00, and interrupt one that runs (this run only)',
    group: 'ours',
  },
  {
    name: 'hours',
    takes: 'text',
    value: 'CLOCK-CLOCK',
    help: 'Start sessions only in these hours, e.g. 22:00-07:00, remembered for the task (none: at any time)',
    group: 'ours',
  },
  {
    name: 'after',
    takes: 'text',
    value: 'NAME',
    help: 'Start when this task is done, remembered for the new one (none: at once)',
    group: 'ours',
  },
  {
    name: 'plan-only',
    takes: 'nothing',
    help: 'Plan, then wait until you have looked at the plan (this run only)',
    group: 'ours',
  },
] as const;

export type LimitOption = (typeof limitRows)[number]['name'];

export type GivenLimits = {
  /** Remembered for the task; absent: stays as it is. */
  task: Partial<TaskLimits>;
  run: Pick<RunLimits, 'until' | 'planOnly'>;
};

/** `now`: epoch ms. What is wrong with an option, as one sentence. */
export function givenLimits(
  values: Partial<Record<LimitOption, unknown>>,
  now: number,
): GivenLimits | { problem: string } {
  const tokens = valueOf(values, 'max-tokens', readTokens);
  if (tokens === 'wrong') return wrong(values, 'max-tokens', 'an amount such as 500k or 5M');
  const time = valueOf(values, 'max-time', (text) => durationMs(text) || null);
  if (time === 'wrong') return wrong(values, 'max-time', 'a time such as 90m, 8h or 2d');
  const hours = valueOf(values, 'hours', readHours);
  if (hours === 'wrong') return wrong(values, 'hours', 'two times of day such as 22:00-07:00');
  const after = valueOf(values, 'after', (text) => (isTaskName(text) ? text : null));
  if (after === 'wrong') return wrong(values, 'after', 'the name of a task');
  const until = valueOf(values, 'until', (text) => {
    const clock = readClock(text);
    return clock === null ? null : nextTime(clock, now);
  });
  if (until === 'wrong' || (until === null && values.until !== undefined)) {
    return wrong(values, 'until', 'a time of day such as 07:00');
  }
  return {
    task: {
      ...(tokens === undefined ? {} : { maxTokens: tokens }),
      ...(time === undefined ? {} : { maxTimeMs: time }),
      ...(hours === undefined ? {} : { hours }),
      ...(after === undefined ? {} : { after }),
    },
    run: { until: until ?? null, planOnly: values['plan-only'] === true },
  };
}

/** Undefined if it is not given, null if it is cleared. */
function valueOf<Meaning>(
  values: Partial<Record<LimitOption, unknown>>,
  name: LimitOption,
  read: (text: string) => Meaning | null,
): Meaning | null | undefined | 'wrong' {
  const value = values[name];
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === clearingWord ? null : (read(text) ?? 'wrong');
}

function wrong(
  values: Partial<Record<LimitOption, unknown>>,
  name: LimitOption,
  wanted: string,
): { problem: string } {
  return { problem: `--${name} takes ${wanted}, not ${JSON.stringify(values[name])}` };
}
