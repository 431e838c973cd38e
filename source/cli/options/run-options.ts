// Options of one run, or of the runs that an invocation starts again.

import { durationMs } from '../../core/text/since.ts';
import { parsedValue, type OptionRow, type ValuesOf } from './option-row.ts';

const maxWait = {
  name: 'max-wait',
  takes: 'text',
  value: 'TIME',
  parse: durationMs,
  expects: 'a time such as 90s, 15m, 6h or 2d',
  help: 'With --headless: maximum wait, e.g. 90s, 15m, 6h or 2d (default: 6h if not on a terminal, otherwise unlimited)',
  group: 'ours',
} as const satisfies OptionRow;

export const runOptions = [
  {
    name: 'trust-owner',
    takes: 'nothing',
    help: 'Work in directories that belong to another user',
    group: 'ours',
  },
  maxWait,
  {
    name: 'continue-all',
    takes: 'nothing',
    help: 'Restart all interrupted tasks (after a crash or reboot)',
    group: 'ours',
  },
] as const satisfies readonly OptionRow[];

export type RunOptions = {
  trustOwner: boolean;
  /** Milliseconds; null for the default. */
  maxWaitMs: number | null;
  continueAll: boolean;
};

export function readRunOptions(values: ValuesOf<typeof runOptions>): RunOptions {
  return {
    trustOwner: values['trust-owner'] === true,
    maxWaitMs: parsedValue(maxWait, values),
    continueAll: values['continue-all'] === true,
  };
}
