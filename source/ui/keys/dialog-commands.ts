// The commands of the dialogs. Typing into a form is not a command: see text-field.ts.

import type { Command } from './command.ts';

const always = () => null;
const isQuiet = true;

export const dialogCommands: readonly Command[] = [
  inDialog('new task', ['return'], { id: 'form-start', label: 'start', help: 'Start the task.' }),
  inDialog('new task', ['escape'], {
    id: 'close',
    label: 'cancel',
    help: 'Close the form without starting a task.',
  }),
  inDialog('new task', ['tab'], {
    id: 'form-next',
    label: 'next field',
    help: 'Next field.',
  }),
  {
    ...inDialog('new task', ['shift-tab'], {
      id: 'form-previous',
      label: 'previous field',
      help: 'Previous field.',
    }),
    isQuiet: true,
  },
  {
    ...inDialog('new task', ['ctrl-j', 'alt-return'], {
      id: 'form-new-line',
      label: 'new line',
      help: 'Insert a line break into the description.',
    }),
    whyNot: ({ dialog }) =>
      dialog?.kind === 'new task' && dialog.form.field !== 'description'
        ? 'Only the description can have several lines'
        : null,
  },
  inDialog('confirm', ['return', 'y'], { id: 'yes', label: 'yes', help: 'Confirm.' }),
  inDialog('confirm', ['escape', 'n'], {
    id: 'close',
    label: 'no',
    help: 'Change nothing.',
  }),
  inDialog('help', ['escape', '?', 'q'], { id: 'close', label: 'close', help: 'Close the help.' }),
  inDialog('help', ['j', 'down'], { id: 'down', label: 'down', help: 'Scroll down.' }),
  inDialog('help', ['k', 'up'], { id: 'up', label: 'up', help: 'Scroll up.' }),
  inDialog('filter', ['return'], {
    id: 'close',
    label: 'keep',
    help: 'Keep the filter.',
  }),
  inDialog('filter', ['escape'], {
    id: 'show-all',
    label: 'show all',
    help: 'Show all tasks.',
  }),
  {
    ...inDialog('ask', ['return'], { id: 'ask-done', label: 'go', help: 'Search, go or export.' }),
    labelNow: ({ dialog }) =>
      dialog?.kind !== 'ask' || dialog.about === 'jump' ? null : dialog.about,
  },
  inDialog('ask', ['escape'], { id: 'close', label: 'cancel', help: 'Close without doing it.' }),
  {
    ...inDialog('ask', ['tab'], {
      id: 'ask-form',
      label: 'regex',
      help: 'Switch between plain text and regular expression.',
    }),
    labelNow: ({ dialog }) =>
      dialog?.kind === 'ask' && dialog.form === 'expression' ? 'plain text' : null,
    isOffered: ({ dialog }) => dialog?.kind !== 'ask' || dialog.about === 'search',
  },
  inDialog('palette', ['return'], {
    id: 'palette-run',
    label: 'run',
    help: 'Run the selected command.',
  }),
  inDialog('palette', ['escape'], { id: 'close', label: 'close', help: 'Close the palette.' }),
  {
    ...inDialog('palette', ['up', 'ctrl-p'], { id: 'up', label: 'up', help: 'Previous command.' }),
    isQuiet,
  },
  {
    ...inDialog('palette', ['down', 'ctrl-n'], {
      id: 'down',
      label: 'down',
      help: 'Next command.',
    }),
    isQuiet,
  },
  inDialog('leaving', ['q'], {
    id: 'quit',
    label: 'quit now',
    help: 'Quit now; the tasks still pause.',
  }),
  inDialog('leaving', ['escape'], {
    id: 'close',
    label: 'stay',
    help: 'Stay here; the tasks still pause.',
  }),
];

function inDialog(
  scope: Command['scope'],
  keys: readonly string[],
  words: Pick<Command, 'id' | 'label' | 'help'>,
): Command {
  return { ...words, scope, keys, whyNot: always };
}
