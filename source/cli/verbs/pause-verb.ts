// `--pause` and `--pause-after-session`, as they stand on the command line.

import type { OptionRow } from '../options/option-row.ts';

export const pauseOptions = [
  {
    name: 'pause',
    takes: 'nothing',
    help: 'With --task-name: pause the task now; its conversation can be resumed',
    group: 'ours',
  },
  {
    name: 'pause-after-session',
    takes: 'nothing',
    help: 'With --task-name: pause the task after this session',
    group: 'ours',
  },
] as const satisfies readonly OptionRow[];

export type PauseVerb = (typeof pauseOptions)[number]['name'];

const others = ['diff', 'undo', 'merge', 'tell', 'archive', 'unarchive', 'delete', 'log', 'report'];

/** Null if there is none; a sentence if it is wrong. */
export function pauseVerb(
  values: Partial<Record<string, unknown>>,
  words: readonly string[],
): PauseVerb | null | { problem: string } {
  const [name, ...more] = pauseOptions.map((row) => row.name).filter((one) => values[one] === true);
  if (name === undefined) return null;
  const isGiven = (one: string): boolean => values[one] !== undefined && values[one] !== false;
  const other = [...more, ...others.filter(isGiven)][0];
  if (other !== undefined) return { problem: `Give either --${name} or --${other}` };
  if (words.length > 0) return { problem: `--${name} takes no description` };
  return values['task-name'] === undefined
    ? { problem: `--${name} needs the name of a task: --task-name NAME` }
    : name;
}
