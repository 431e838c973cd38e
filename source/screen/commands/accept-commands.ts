// The command that accepts a session's version of the list, which the guard replaced. It asks first.

import { placeOf } from '../../core/task/task-key.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import { askToAccept, type Confirm } from '../../ui/dialog/dialog.ts';
import type { KeyContext } from '../../ui/keys/command.ts';
import { notice, type CommandDeps } from './command-deps.ts';
import type { CommandRecord } from './command-record.ts';
import { underWay } from './under-way.ts';

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
  const { acceptVersion } = deps;
  if (task === undefined || session === undefined || acceptVersion === undefined) return;
  const doing = `replacing the list of ${placeOf(task).name}`;
  underWay(deps, { tasks: [task], doing }, () => acceptVersion({ task, session })).then(
    (answer) => {
      if (answer !== null) notice(deps, answer.sentence, answer.ok ? 'plain' : 'problem');
    },
    (error: unknown) =>
      notice(deps, `The list was not replaced: ${errorMessage(error)}`, 'problem'),
  );
}
