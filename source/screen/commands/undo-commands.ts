// The command that takes back what one session did to the files. It says what would change, and asks.

import type { TaskView } from '../../core/task/board.ts';
import { keyOf, placeOf } from '../../core/task/task-key.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import { askToUndo } from '../../ui/dialog/ask-to-undo.ts';
import type { Confirm } from '../../ui/dialog/dialog.ts';
import { markedTarget } from '../../ui/view/details-scroll.ts';
import { panesOf } from '../../ui/view/panes.ts';
import { notice, type CommandDeps, type Undoing } from './command-deps.ts';
import { withATask, type CommandRecord } from './command-record.ts';
import { underWay } from './under-way.ts';

export const undoCommands: readonly CommandRecord[] = [
  {
    id: 'undo',
    scope: 'details',
    keys: ['u'],
    label: 'undo session',
    help: 'Take back what the selected session did to the files; says what, and asks (Sessions page).',
    isOffered: ({ page }) => page === 'sessions',
    // It is refused while anything runs in the tree.
    isNext: ({ task }) => task?.run === null,
    whyNot: withATask,
    act: (deps, { task }) => {
      const { details } = panesOf(deps.store.view(), deps.store.scene());
      const target = details === null ? null : markedTarget(details);
      if (task === null) return;
      if (target?.kind !== 'session') return notice(deps, 'No session is selected', 'plain');
      look(deps, task, target.number);
    },
  },
];

/** The user has confirmed it. */
export function undoConfirmed(deps: CommandDeps, { tasks, session }: Confirm): void {
  const [task] = tasks;
  if (task === undefined || session === undefined) return;
  const doing = `taking back session ${session} of ${placeOf(task).name}`;
  answered(deps, (undoing) =>
    underWay(deps, { tasks: [task], doing }, () => undoing.undo(task, session)),
  );
}

function look(deps: CommandDeps, task: TaskView, session: number): void {
  const { store } = deps;
  answered(deps, async (undoing) => {
    const key = keyOf(task);
    const doing = `looking at what taking back session ${session} would do`;
    const found = await underWay(deps, { tasks: [key], doing }, () => undoing.plan(key, session));
    if (found === null || 'sentence' in found) return found;
    // Else the user is busy elsewhere by now.
    if (store.view().dialog !== null) return null;
    const confirm = askToUndo(task, session, found.would);
    store.act({ type: 'dialog-opened', dialog: { kind: 'confirm', confirm } });
    return null;
  });
}

function answered(
  deps: CommandDeps,
  act: (undoing: Undoing) => Promise<{ ok: boolean; sentence: string } | null>,
): void {
  const { undoing } = deps;
  if (undoing === undefined) return notice(deps, 'Nothing can be taken back here', 'plain');
  act(undoing).then(
    (answer) => {
      if (answer !== null) notice(deps, answer.sentence, answer.ok ? 'plain' : 'problem');
    },
    (error: unknown) => notice(deps, errorMessage(error), 'problem'),
  );
}
