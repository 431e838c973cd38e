// The commands of the dialogs. What is typed into a form is no command: see text-field.ts.

import type { Command } from './keymap.ts';

const always = () => null;

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
