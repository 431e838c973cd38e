// The command that accepts a session's version of the list, which the guard replaced. It asks first.

import { errorMessage } from '../../core/text/error-message.ts';
import { askToAccept, type Confirm } from '../../ui/dialog/dialog.ts';
import type { KeyContext } from '../../ui/keys/command.ts';
import { notice, type CommandDeps } from './command-deps.ts';
import type { CommandRecord } from './command-record.ts';

export const acceptCommands: readonly CommandRecord[] = [
  {
    id: 'accept-version',
    scope: 'details',
    keys: ['v'],
    label: 'accept version',
    help: 'Replace the list with the version of a session whose changes were undone; asks first.',
    whyNot: whyNotAccept,
    act: ({ store }, { task, replaced }) => {
      if (task === null || replaced == null) return;
      const confirm = askToAccept(task, replaced);
      store.act({ type: 'dialog-opened', dialog: { kind: 'confirm', confirm } });
    },
  },
];

function whyNotAccept({ task, page, replaced }: KeyContext): string | null {
  if (task === null) return 'There is no task yet';
  if (page !== 'steps') return 'A version of the list is accepted on the steps page';
  return replaced == null ? 'No session has a version of this list to accept' : null;
}

/** The user has confirmed it. */
export function acceptConfirmed(deps: CommandDeps, { tasks, session }: Confirm): void {
  const [task] = tasks;
  if (task === undefined || session === undefined || deps.acceptVersion === undefined) return;
  deps.acceptVersion({ task, session }).then(
    ({ ok, sentence }) => notice(deps, sentence, ok ? 'plain' : 'problem'),
    (error: unknown) =>
      notice(deps, `The list was not replaced: ${errorMessage(error)}`, 'problem'),
  );
}
