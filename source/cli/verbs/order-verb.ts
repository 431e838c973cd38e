// The verbs that keep the list of tasks in order, as they stand on the command line: --archive, --unarchive, --delete.

import type { OptionRow } from '../options/option-row.ts';

export const orderOptions = [
  {
    name: 'archive',
    takes: 'nothing',
    help: 'With --task-name: put the task away; its files stay',
    group: 'ours',
  },
  {
    name: 'unarchive',
    takes: 'nothing',
    help: 'With --task-name: bring an archived task back',
    group: 'ours',
  },
  {
    name: 'delete',
    takes: 'nothing',
    help: "With --task-name: delete the task, but not the project's files; says what goes, and needs --yes",
    group: 'ours',
  },
] as const satisfies readonly OptionRow[];

export type OrderVerb =
  { name: 'archive' } | { name: 'unarchive' } | { name: 'delete'; yes: boolean };

const names = ['archive', 'unarchive', 'delete'] as const;
const others = ['diff', 'undo', 'merge', 'tell', 'log', 'list'] as const;

type Given = Partial<
  Record<(typeof names)[number] | (typeof others)[number] | 'yes' | 'task-name', unknown>
>;

/** Null if there is none; a sentence if it is wrong. */
export function orderVerb(
  values: Given,
  words: readonly string[],
): OrderVerb | null | { problem: string } {
  const [name, ...more] = names.filter((one) => values[one] === true);
  if (name === undefined) return null;
  const other = [...more, ...others.filter((one) => isGiven(values[one]))][0];
  if (other !== undefined) return { problem: `Give either --${name} or --${other}` };
  if (words.length > 0) return { problem: `--${name} takes no description` };
  if (values['task-name'] === undefined) {
    return { problem: `--${name} needs the name of a task: --task-name NAME` };
  }
  const yes = values.yes === true;
  if (name !== 'delete') {
    return yes ? { problem: '--yes needs --undo, --merge or --delete' } : { name };
  }
  return { name, yes };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== false;
}
