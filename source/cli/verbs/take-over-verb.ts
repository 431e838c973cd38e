// `--take-over` as it stands on the command line.

import type { OptionRow } from '../options/option-row.ts';

export const takeOverOptions = [
  {
    name: 'take-over',
    takes: 'nothing',
    help: 'With --task-name: pause the task, and open its conversation in Codex on this terminal',
    group: 'ours',
  },
] as const satisfies readonly OptionRow[];

const others = ['diff', 'undo', 'merge', 'tell', 'archive', 'unarchive', 'delete', 'log'] as const;

type Given = Partial<Record<(typeof others)[number] | 'take-over' | 'task-name', unknown>>;

/** False if it is not given; a sentence if it is wrong. */
export function takeOverVerb(
  values: Given,
  words: readonly string[],
): boolean | { problem: string } {
  if (values['take-over'] !== true) return false;
  const other = others.find((name) => values[name] !== undefined && values[name] !== false);
  if (other !== undefined) return { problem: `Give either --take-over or --${other}` };
  if (words.length > 0) return { problem: '--take-over takes no description' };
  if (values['task-name'] === undefined) {
    return { problem: '--take-over needs the name of a task: --task-name NAME' };
  }
  return true;
}
