// Every command: one table for dispatch, footer, help, palette and docs, so that they cannot disagree. A new command is
// a record in the file of its subject; it comes here with its list.

import { undoCommands } from './undo-commands.ts';
import { askCommands } from './dialogs/ask-commands.ts';
import { changesCommands } from './changes-commands.ts';
import type { CommandRecord } from './command-record.ts';
import { dialogCommands } from './dialogs/dialog-commands.ts';
import { formCommands } from './dialogs/form-commands.ts';
import { editorCommands } from './editor-commands.ts';
import { logCommands } from './log-commands.ts';
import { lookCommands } from './look-commands.ts';
import { mergeCommands } from './merge-commands.ts';
import { orderCommands } from './order-commands.ts';
import { reportCommand, reportCommands } from './report-commands.ts';
import { takeOverCommands } from './take-over-commands.ts';
import { settingsCommands } from './dialogs/settings-commands.ts';
import { tellCommands } from './dialogs/tell-commands.ts';
import { lastCommands, paneCommands } from './pane-commands.ts';

/** The most used first: footer, help and palette list them in this order. */
export const commands: readonly CommandRecord[] = [
  ...paneCommands,
  ...logCommands,
  ...changesCommands,
  ...lookCommands,
  ...tellCommands,
  ...takeOverCommands,
  ...settingsCommands,
  ...mergeCommands,
  ...editorCommands,
  ...orderCommands,
  ...undoCommands,
  reportCommand,
  ...lastCommands,
  ...formCommands,
  ...dialogCommands,
  ...reportCommands,
  ...askCommands,
];
