// The commands of the dialogs. What is typed into a form is no command: see text-field.ts.

import type { Command } from './command.ts';

const always = () => null;
const isQuiet = true;

export const dialogCommands: readonly Command[] = [
  inDialog('new task', ['return'], { id: 'form-start', label: 'start', help: 'Start the task.' }),
  inDialog('new task', ['escape'], {
    id: 'close',
    label: 'cancel',
    help: 'Close the form; nothing is started.',
  }),
  inDialog('new task', ['tab'], {
    id: 'form-next',
    label: 'next field',
    help: 'To the next field.',
  }),
  {
    ...inDialog('new task', ['shift-tab'], {
      id: 'form-previous',
      label: 'previous field',
      help: 'To the previous field.',
    }),
    isQuiet: true,
  },
  {
    ...inDialog('new task', ['ctrl-j', 'alt-return'], {
      id: 'form-new-line',
      label: 'new line',
      help: 'Begin a new line in the description.',
    }),
    whyNot: ({ dialog }) =>
      dialog?.kind === 'new task' && dialog.form.field !== 'description'
        ? 'Only the description has lines'
        : null,
  },
  inDialog('confirm', ['return', 'y'], { id: 'yes', label: 'yes', help: 'Do it.' }),
  inDialog('confirm', ['escape', 'n'], {
    id: 'close',
    label: 'no',
    help: 'Leave everything as it is.',
  }),
  inDialog('help', ['escape', '?', 'q'], { id: 'close', label: 'close', help: 'Close the help.' }),
  inDialog('help', ['j', 'down'], { id: 'down', label: 'down', help: 'Down by a line.' }),
  inDialog('help', ['k', 'up'], { id: 'up', label: 'up', help: 'Up by a line.' }),
  inDialog('filter', ['return'], {
    id: 'close',
    label: 'keep',
    help: 'Go on with the tasks that are shown.',
  }),
  inDialog('filter', ['escape'], {
    id: 'show-all',
    label: 'show all',
    help: 'Show all tasks again.',
  }),
  inDialog('ask', ['return'], { id: 'ask-done', label: 'go', help: 'Do what is written.' }),
  inDialog('ask', ['escape'], { id: 'close', label: 'cancel', help: 'Leave it.' }),
  {
    ...inDialog('ask', ['tab'], {
      id: 'ask-form',
      label: 'expression',
      help: 'Search for the text as it is, or as a regular expression.',
    }),
    labelNow: ({ dialog }) =>
      dialog?.kind === 'ask' && dialog.form === 'expression' ? 'plain text' : null,
    isOffered: ({ dialog }) => dialog?.kind !== 'ask' || dialog.about === 'search',
  },
  inDialog('palette', ['return'], {
    id: 'palette-run',
    label: 'do it',
    help: 'Do what is marked.',
  }),
  inDialog('palette', ['escape'], { id: 'close', label: 'close', help: 'Close the palette.' }),
  { ...inDialog('palette', ['up', 'ctrl-p'], { id: 'up', label: 'up', help: 'Up.' }), isQuiet },
  {
    ...inDialog('palette', ['down', 'ctrl-n'], { id: 'down', label: 'down', help: 'Down.' }),
    isQuiet,
  },
  inDialog('leaving', ['q'], {
    id: 'quit',
    label: 'quit now',
    help: 'Quit at once; what is ending goes on ending.',
  }),
  inDialog('leaving', ['escape'], {
    id: 'close',
    label: 'stay',
    help: 'Stay; what is being paused is paused all the same.',
  }),
];

function inDialog(
  scope: Command['scope'],
  keys: readonly string[],
  words: Pick<Command, 'id' | 'label' | 'help'>,
): Command {
  return { ...words, scope, keys, whyNot: always };
}
