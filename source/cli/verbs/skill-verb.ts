// `--install-skill` and `--uninstall-skill`, as they stand on the command line.

import type { OptionRow } from '../options/option-row.ts';

export const skillOptions = [
  {
    name: 'install-skill',
    takes: 'nothing',
    help: 'Write a skill with which an interactive Codex hands long work over to this program',
    group: 'ours',
  },
  { name: 'uninstall-skill', takes: 'nothing', help: 'Remove that skill', group: 'ours' },
] as const satisfies readonly OptionRow[];

export type SkillVerb = (typeof skillOptions)[number]['name'];

const others = ['log', 'report', 'diff', 'undo', 'merge', 'tell', 'archive', 'unarchive', 'delete'];

/** Null if there is none; a sentence if it is wrong. */
export function skillVerb(
  values: Partial<Record<string, unknown>>,
  words: readonly string[],
): SkillVerb | null | { problem: string } {
  const [name, ...more] = skillOptions.map((row) => row.name).filter((one) => values[one] === true);
  if (name === undefined) return null;
  const isGiven = (one: string): boolean => values[one] !== undefined && values[one] !== false;
  const other = [...more, ...others.filter(isGiven)][0];
  if (other !== undefined) return { problem: `Give either --${name} or --${other}` };
  return words.length === 0 ? name : { problem: `--${name} takes no description` };
}
