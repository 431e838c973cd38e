// What a command is: its keys, its words, and why it cannot be used now, in words for the user.

import type { TaskView } from '../../core/task/board.ts';
import type { DetailsPage } from '../view/details-page.ts';
import type { Dialog } from '../dialog/dialog.ts';
import type { PaneName } from '../view/layout.ts';

/** Where a key applies: in one pane, in all panes, or in a dialog. */
export type Scope = 'panes' | PaneName | Dialog['kind'];

/** What a command needs to know of the screen. */
export type KeyContext = {
  /** The selected one. */
  readonly task: TaskView | null;
  readonly focus: PaneName;
  readonly dialog: Dialog | null;
  /** Steered together, if there are any. */
  readonly marked?: readonly TaskView[];
  readonly page?: DetailsPage;
  readonly isFiltering?: boolean;
  /** In the log of the selected task. */
  readonly isSearching?: boolean;
  readonly isLogFiltered?: boolean;
  readonly zoom?: 'zoomed' | 'none';
  readonly mouse?: 'on' | 'off';
  /** With the keys as the person wants them; default: as they come. */
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
  /** By name, as keys.ts has them; the first one is shown in the footer. */
  readonly keys: readonly string[];
  /** One or two words, for the footer. */
  readonly label: string;
  /** Instead of the label, where the key means its contrary now. */
  labelNow?(this: void, context: KeyContext): string | null;
  /** One sentence, for help and README. */
  readonly help: string;
  /** Known to everybody: not worth room in the footer. */
  readonly isQuiet?: true;
  /** False: the key means nothing of this now, and may mean something else. Default: true. */
  isOffered?(this: void, context: KeyContext): boolean;
  /** Null: it can be used now. Else one sentence. */
  whyNot(this: void, context: KeyContext): string | null;
};
