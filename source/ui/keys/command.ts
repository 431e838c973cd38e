// What a command is: its keys, its words, and the sentence that says why it cannot be used now.

import type { TaskView } from '../../core/task/board.ts';
import type { DetailsPage } from '../view/details-page.ts';
import type { Dialog } from '../dialog/dialog.ts';
import type { PaneName } from '../view/layout.ts';

/** Where a key applies: in one pane, in all panes, or in a dialog. */
export type Scope = 'panes' | PaneName | Dialog['kind'];

/** What a command needs to know about the screen. */
export type KeyContext = {
  /** The selected task. */
  readonly task: TaskView | null;
  readonly focus: PaneName;
  readonly dialog: Dialog | null;
  /** If there are any, commands apply to all of these. */
  readonly marked?: readonly TaskView[];
  readonly page?: DetailsPage;
  readonly isFiltering?: boolean;
  /** In the log of the selected task. */
  readonly isSearching?: boolean;
  readonly isLogFiltered?: boolean;
  readonly zoom?: 'zoomed' | 'none';
  readonly mouse?: 'on' | 'off';
  /** With the user's own keys. Default: the built-in keymap. */
  readonly commands?: readonly Command[];
};

export type CommandId =
  | 'pause'
  | 'pause-after-session'
  | 'continue'
  | 'resume-last'
  | 'new-task'
  | 'open-task'
  | 'open-entry'
  | 'open-detail'
  | 'next-pane'
  | 'previous-pane'
  | 'next-page'
  | 'previous-page'
  | 'show-steps'
  | 'show-sessions'
  | 'show-notes'
  | 'show-about'
  | 'mark'
  | 'filter-by-name'
  | 'filter-by-state'
  | 'show-all'
  | 'zoom'
  | 'mouse'
  | 'palette'
  | 'palette-run'
  | 'suspend'
  | 'back'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last'
  | 'help'
  | 'quit'
  | 'pause-all-and-quit'
  | 'search'
  | 'next-match'
  | 'previous-match'
  | 'log-filter'
  | 'session-alone'
  | 'clear-log'
  | 'next-error'
  | 'previous-error'
  | 'jump'
  | 'follow'
  | 'copy'
  | 'raw'
  | 'export'
  | 'wrap'
  | 'scroll-right'
  | 'scroll-left'
  | 'ask-done'
  | 'ask-form'
  | 'form-start'
  | 'form-next'
  | 'form-previous'
  | 'form-new-line'
  | 'yes'
  | 'close';

export type Command = {
  readonly id: CommandId;
  readonly scope: Scope;
  /** By their names in keys.ts; the footer shows the first one. */
  readonly keys: readonly string[];
  /** One or two words, for the footer. */
  readonly label: string;
  /** Replaces the label where it depends on the context, as where the key now does the opposite. */
  labelNow?(this: void, context: KeyContext): string | null;
  /** One sentence, for help and docs. */
  readonly help: string;
  /** Not shown in the footer: common enough to be known, or rarely needed. */
  readonly isQuiet?: true;
  /** False: the key does not mean this command now, and may mean another one. Default: true. */
  isOffered?(this: void, context: KeyContext): boolean;
  /** Null: the command can be used now. Otherwise one sentence that says why not. */
  whyNot(this: void, context: KeyContext): string | null;
};
