// Single words that are not goals: `autonomous-tui list` asks for the list, and must not start an agent on it.

import { nearestName } from '../core/text/edit-distance.ts';
import { optionAsTyped, type OptionRow } from './options/option-row.ts';
import { options } from './options/table.ts';

/** What other programs call their commands, and what it is here. */
const commands: Readonly<Record<string, string>> = {
  ls: '--list',
  tasks: '--list',
  usage: '--help',
  logs: '--log NAME',
  none: 'none as the value of an option, as in --review none',
  resume: '--resume-last',
  run: 'autonomous-tui "what should be done"',
  start: 'autonomous-tui "what should be done"',
  pause: 'the key p of the dashboard',
  stop: 'the key p of the dashboard',
};

/** Names for which a misspelt word is taken, too. */
const names: Readonly<Record<string, string>> = {
  ...Object.fromEntries(options.map((row: OptionRow) => [row.name, optionAsTyped(row)])),
  status: '--list',
};

/** A sentence for a single word that is the name of an option or command, misspelt perhaps; null for a goal. */
export function whyNotAGoal(description: string): string | null {
  if (!/^[a-z]+(?:-[a-z]+)*$/u.test(description)) return null;
  const meant = meantBy(description);
  return meant === null
    ? null
    : `${JSON.stringify(description)} is not a goal. Did you mean ${meant}? For a task of that name use --task-name`;
}

function meantBy(word: string): string | null {
  const table = { ...commands, ...names };
  if (Object.hasOwn(table, word)) return table[word] ?? null;
  const nearest = nearestName(word, Object.keys(names));
  return nearest === null ? null : (names[nearest] ?? null);
}
