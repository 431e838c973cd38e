// `--tell TEXT` as it stands on the command line, with `--now`.

import type { OptionRow } from '../options/option-row.ts';

export const tellOptions = [
  {
    name: 'tell',
    takes: 'text',
    value: 'TEXT',
    help: 'With --task-name: tell the task this with its next session (-: read it from stdin); with --hub FILE: a task of the hub',
    group: 'ours',
  },
  {
    name: 'now',
    takes: 'nothing',
    help: 'With --tell: interrupt the running session, and go on with this in its conversation',
    group: 'ours',
  },
] as const satisfies readonly OptionRow[];

export type TellVerb = {
  /** As given; `-`: from standard input. */
  text: string;
  when: 'next' | 'now';
};

type Given = Partial<Record<'tell' | 'now' | 'task-name' | 'diff' | 'undo' | 'log', unknown>>;

/** Null if there is none; a sentence if it is wrong. */
export function tellVerb(
  { tell, now, ...others }: Given,
  words: readonly string[],
): TellVerb | null | { problem: string } {
  if (typeof tell !== 'string') return now === true ? { problem: '--now needs --tell' } : null;
  if (words.length > 0) {
    return { problem: 'Put what you tell the task in quotes: --tell "Use PostgreSQL"' };
  }
  const other = (['diff', 'undo', 'log'] as const).find((name) => others[name] !== undefined);
  if (other !== undefined && others[other] !== false) {
    return { problem: `Give either --tell or --${other}` };
  }
  if (others['task-name'] === undefined) {
    return { problem: '--tell needs the name of a task: --task-name NAME' };
  }
  return { text: tell, when: now === true ? 'now' : 'next' };
}
