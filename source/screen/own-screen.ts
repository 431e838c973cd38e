// What the user's configuration changes in the view: keys, mouse, and a notice about what is wrong with it.

import { keyOf } from '../core/task/task-key.ts';
import { cleanLine } from '../core/text/clean.ts';
import type { Configuration } from '../system/configuration.ts';
import { isInPanes } from '../ui/keys/command.ts';
import { withOwnKeys } from '../ui/keys/own-keys.ts';
import type { OwnView } from '../ui/view/state.ts';
import type { CommandRecord } from './commands/command-record.ts';
import type { Refuses } from './sources/task-source.ts';
import { commands as defaultCommands } from './commands/command-table.ts';

/** Long enough to be read by a user who has just changed the file. */
const noticeMs = 20_000;

export type OwnScreen = OwnView & { readonly commands: readonly CommandRecord[] };

export function ownScreen(
  { keys, mouse, warnings }: Pick<Configuration, 'keys' | 'mouse' | 'warnings'>,
  now: number,
  refuses: Refuses = () => null,
): OwnScreen {
  const offered = defaultCommands.map((command) => withRefusal(command, refuses));
  const { commands, problems } = withOwnKeys(offered, keys);
  const sentences =
    problems.length === 0 ? warnings : [...warnings, `keys: ${problems.join('; ')}`];
  if (sentences.length === 0) return { commands, mouse };
  const text = cleanLine(sentences.join('; '));
  return { commands, mouse, notice: { text, tone: 'problem', until: now + noticeMs } };
}

/** The same one where nothing is refused. */
function withRefusal(command: CommandRecord, refuses: Refuses): CommandRecord {
  const { id } = command;
  if (!isInPanes(command) || refuses(id, null) === null) return command;
  return {
    ...command,
    isQuiet: true,
    isNext: () => false,
    whyNot: ({ task }) => refuses(id, task === null ? null : keyOf(task)),
  };
}
