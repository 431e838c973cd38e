// The keymap with the user's own keys, which override the built-in ones. If one key would mean two commands in the same
// place, the first one gets it and the conflict is reported.
//
//   {"keys": {"pause": "x", "zoom": ["Z", "ctrl-o"]}}

import { isInPanes, type Command, type Scope } from './command.ts';
import { keyLabel } from './keys.ts';
import { clustersOf } from '../look/text-width.ts';

export type OwnKeys = Readonly<Record<string, string | readonly string[]>>;

type Rebound<C extends Command> = {
  readonly commands: readonly C[];
  /** One sentence per problem. */
  readonly problems: readonly string[];
};

export function withOwnKeys<C extends Command>(commands: readonly C[], own: OwnKeys): Rebound<C> {
  const problems: string[] = [];
  const chosen = new Map<Command, readonly string[]>();
  for (const [id, wanted] of Object.entries(own)) {
    const named = commands.filter((command) => command.id === id && isInPanes(command));
    if (named.length === 0) problems.push(`No such command: ${id}`);
    const keys = [wanted].flat().map((key) => (key === 'space' ? ' ' : key));
    problems.push(...keys.filter((key) => !isKey(key)).map((key) => `${id}: ${key} is not a key`));
    for (const command of named) {
      const free = keys.filter(isKey).filter((key) => {
        const first = ownerOf(key, command, chosen);
        if (first !== null)
          problems.push(`${keyLabel(key)} is already the key for ${first.label}, not for ${id}`);
        return first === null;
      });
      if (free.length > 0) chosen.set(command, free);
    }
  }
  const rebound = commands.map((command) => {
    if (!isInPanes(command)) return command;
    const mine = chosen.get(command);
    if (mine !== undefined) return { ...command, keys: mine };
    const keys = command.keys.filter((key) => ownerOf(key, command, chosen) === null);
    if (keys.length === 0) {
      problems.push(`${command.label} has no key now; find it in all commands`);
    }
    return keys.length === command.keys.length ? command : { ...command, keys };
  });
  return { commands: rebound, problems };
}

/** Another command that the user gave this key, in a place where both apply. */
function ownerOf(
  key: string,
  command: Command,
  chosen: ReadonlyMap<Command, readonly string[]>,
): Command | null {
  for (const [other, keys] of chosen) {
    if (other !== command && keys.includes(key) && meet(other.scope, command.scope)) return other;
  }
  return null;
}

function meet(a: Scope, b: Scope): boolean {
  return a === b || a === 'panes' || b === 'panes';
}

const names = new Set(
  'up down left right pageup pagedown home end return escape tab shift-tab backspace delete'.split(
    ' ',
  ),
);

/** Not Ctrl-C, which always quits. */
function isKey(key: string): boolean {
  if (key === 'ctrl-c') return false;
  if (names.has(key) || /^ctrl-[a-z]$/.test(key)) return true;
  const character = key.startsWith('alt-') ? key.slice(4) : key;
  const [first, ...others] = clustersOf(character);
  return first !== undefined && others.length === 0 && first.width > 0;
}
