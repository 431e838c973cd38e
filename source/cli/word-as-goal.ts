// Single words that are not goals: `autonomous-tui list` asks for the list, and must not start an agent on it.

import type { OptionRow } from './options/option-row.ts';
import { options } from './options/table.ts';

/** What other programs call their commands, and what it is here. */
const commands: Readonly<Record<string, string>> = {
  ls: '--list',
  tasks: '--list',
  usage: '--help',
  logs: '--log NAME',
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
  const most = word.length >= 6 ? 2 : 1;
  let best: { name: string; distance: number } | null = null;
  for (const name of Object.keys(names)) {
    const distance = editDistance(word, name);
    if (distance <= most && distance < (best?.distance ?? Infinity)) best = { name, distance };
  }
  return best === null ? null : (names[best.name] ?? null);
}

function optionAsTyped({ name, value }: OptionRow): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

/** Letters to add, remove, replace or swap with their neighbour. Both words are short. */
function editDistance(one: string, other: string): number {
  let earlier: number[] = [];
  let before = Array.from({ length: other.length + 1 }, (_none, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      now[column] = Math.min(
        (before[column] ?? 0) + 1,
        (now[column - 1] ?? 0) + 1,
        (before[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped && row > 1 && column > 1 ? (earlier[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    earlier = before;
    before = now;
  }
  return before[other.length] ?? 0;
}
