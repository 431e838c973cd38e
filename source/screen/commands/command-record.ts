// A command with what it does. Each is one record, in the file of its subject: its keys and words, when it is offered,
// why it cannot be used now, and its action. Dispatch, footer, help, palette and docs all read these records.

import type { Command, KeyContext } from '../../ui/keys/command.ts';
import type { CommandDeps } from './command-deps.ts';
import type { ViewAction } from '../../ui/view/view-action.ts';

export type CommandRecord = Command & {
  /** Called only if `whyNot` returned null. */
  act(this: void, deps: CommandDeps, context: KeyContext<CommandRecord>): void;
};

/** For `act`: the command only changes the view. */
export function changesView(action: ViewAction): CommandRecord['act'] {
  return ({ store }) => store.act(action);
}

/** For `act`. */
export const closesDialog = changesView({ type: 'dialog-closed' });

/** For `whyNot`: the command can always be used. */
export const always = (): null => null;

/** For `whyNot`: the command needs a task. */
export const withATask = ({ task }: KeyContext): string | null =>
  task === null ? 'There is no task yet' : null;
