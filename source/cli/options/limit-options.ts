// What the task or its run may use, and what it waits for before its sessions start.

import { nextTime, readClock } from '../../core/limits/hours.ts';
import { afterValue, hoursValue, timeValue, tokensValue } from '../../core/limits/limit-values.ts';
import type { RunLimits, TaskLimits } from '../../core/limits/limits.ts';
import { systemClock } from '../../system/clock.ts';
import { parsedValue, type OptionRow, type ValuesOf } from './option-row.ts';

const maxTokens = {
  name: 'max-tokens',
  takes: 'text',
  value: 'N',
  ...tokensValue,
  help: 'Budget of the whole task, remembered for it: tokens of input that was not cached, and of output, e.g. 500k or 5M (none: no budget)',
  group: 'ours',
} as const satisfies OptionRow;

const maxTime = {
  name: 'max-time',
  takes: 'text',
  value: 'TIME',
  ...timeValue,
  help: "Budget of each of the task's runs, remembered for it: time at work, e.g. 90m or 8h (none: no budget)",
  group: 'ours',
} as const satisfies OptionRow;

const until = {
  name: 'until',
  takes: 'text',
  value: 'CLOCK',
  parse: (text: string) => {
    const clock = readClock(text.trim());
    return clock === null ? null : nextTime(clock, systemClock.now());
  },
  expects: 'a time of day such as 07:00',
  help: 'Start no session after this time, e.g. 07:00, and interrupt one that runs (this run only)',
  group: 'ours',
} as const satisfies OptionRow;

const hours = {
  name: 'hours',
  takes: 'text',
  value: 'CLOCK-CLOCK',
  ...hoursValue,
  help: 'Start sessions only in these hours, e.g. 22:00-07:00, remembered for the task (none: at any time)',
  group: 'ours',
} as const satisfies OptionRow;

const after = {
  name: 'after',
  takes: 'text',
  value: 'NAME',
  ...afterValue,
  help: 'Start when that task is done, remembered for this one (none: start at once)',
  group: 'ours',
} as const satisfies OptionRow;

export const limitOptions = [
  maxTokens,
  maxTime,
  until,
  hours,
  after,
  {
    name: 'plan-only',
    takes: 'nothing',
    help: 'Plan, then wait until you have looked at the plan (this run only)',
    group: 'ours',
  },
] as const satisfies readonly OptionRow[];

type LimitValues = ValuesOf<typeof limitOptions>;

/** Remembered for the task; what is absent stays as it is. */
export function readTaskLimits(values: LimitValues): Partial<TaskLimits> {
  const tokens = parsedValue(maxTokens, values);
  const time = parsedValue(maxTime, values);
  const between = parsedValue(hours, values);
  const before = parsedValue(after, values);
  return {
    ...(tokens === null ? {} : { maxTokens: tokens.value }),
    ...(time === null ? {} : { maxTimeMs: time.value }),
    ...(between === null ? {} : { hours: between.value }),
    ...(before === null ? {} : { after: before.value }),
  };
}

export function readRunLimits(values: LimitValues): Pick<RunLimits, 'until' | 'planOnly'> {
  return { until: parsedValue(until, values), planOnly: values['plan-only'] === true };
}
