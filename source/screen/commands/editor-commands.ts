// The commands that open a text of a task in the user's editor: what the page shows, and from elsewhere the list.

import type { EditedText } from '../../core/guidance/guidance.ts';
import { waitsForLook } from '../../core/limits/limits.ts';
import { keyOf } from '../../core/task/task-key.ts';
import type { CommandRecord } from './command-record.ts';
import { tellOf, whyNotChanged } from './list-commands.ts';

export const editorCommands: readonly CommandRecord[] = [
  ofEditor('list', {
    id: 'edit-list',
    scope: 'tasks',
    label: 'edit list',
    help: 'Edit the list of steps in $VISUAL or $EDITOR.',
  }),
  ofEditor('list', {
    id: 'edit-this-list',
    scope: 'details',
    label: 'edit list',
    help: 'Edit the list of steps in $VISUAL or $EDITOR.',
    isOffered: ({ page }) => page !== 'notes' && page !== 'about',
    isNext: ({ task }) => task !== null && waitsForLook(task.state),
  }),
  ofEditor('notes', {
    id: 'edit-notes',
    scope: 'details',
    page: 'notes',
    label: 'edit notes',
    help: 'Edit the notes in $VISUAL or $EDITOR (notes page).',
  }),
  ofEditor('description', {
    id: 'edit-description',
    scope: 'details',
    page: 'about',
    label: 'edit description',
    help: 'Edit what the task is to do in $VISUAL or $EDITOR (about page).',
  }),
];

function ofEditor(
  what: EditedText,
  command: Pick<CommandRecord, 'id' | 'scope' | 'label' | 'help' | 'page' | 'isOffered' | 'isNext'>,
): CommandRecord {
  return {
    ...command,
    keys: ['e'],
    isQuiet: true,
    whyNot: whyNotChanged,
    act: (deps, { task }) => {
      if (task === null) return;
      void tellOf(deps, keyOf(task), deps.openEditor?.({ task: keyOf(task), what }));
    },
  };
}
