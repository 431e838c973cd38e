// What a command is: its keys, its words, and the sentence that says why it cannot be used now.

import type { GuidancePiece } from '../../core/guidance/guidance.ts';
import type { TaskView } from '../../core/task/board.ts';
import type { ReplacedVersion } from '../../core/task/details.ts';
import type { DetailsPage } from '../view/details-page.ts';
import type { Dialog } from '../dialog/dialog.ts';
import type { PaneName } from '../view/layout.ts';

/** Where a key applies: in one pane, in all panes, or in a dialog. */
export type Scope = 'panes' | PaneName | Dialog['kind'];

/** False: in a dialog. */
export function isInPanes({ scope }: Command): boolean {
  return scope === 'panes' || isPane(scope);
}

export function isPane(scope: Scope): scope is PaneName {
  return scope === 'tasks' || scope === 'details' || scope === 'log' || scope === 'changes';
}

export function isQuietIn({ isQuiet }: Command, context: KeyContext): boolean {
  return typeof isQuiet === 'function' ? isQuiet(context) : isQuiet === true;
}

/** What a command needs to know about the screen. */
export type KeyContext<C extends Command = Command> = {
  /** The selected task. */
  readonly task: TaskView | null;
  readonly focus: PaneName;
  readonly dialog: Dialog | null;
  /** If there are any, commands apply to all of these. */
  readonly marked?: readonly TaskView[];
  readonly page?: DetailsPage;
  /** The selected task's version that the guard replaced, while the user can accept it. */
  readonly replaced?: ReplacedVersion | null;
  /** What the user said last to the selected task, while it waits. */
  readonly waiting?: GuidancePiece | null;
  /** The archived tasks, the last one first. */
  readonly archived?: readonly TaskView[];
  /** Something happened since the last dashboard was closed, and the user has not seen it. */
  readonly hasNews?: boolean;
  readonly isFiltering?: boolean;
  readonly doneTasks?: 'none' | 'shown' | 'folded';
  /** In the log of the selected task. */
  readonly isSearching?: boolean;
  readonly isLogFiltered?: boolean;
  /** The page "What it changed"; null unless it is open. */
  readonly changes?: {
    readonly at: 'files' | 'lines';
    readonly isSearching: boolean;
    readonly hasFiles: boolean;
  } | null;
  readonly zoom?: 'zoomed' | 'none';
  readonly mouse?: 'on' | 'off';
  /** All commands, with the user's own keys. */
  readonly commands: readonly C[];
};

/** What the screen shows of a command. */
export type Command = {
  /** Its name in the configuration, unique in its scope: in another one, the same name may do the same there. */
  readonly id: string;
  readonly scope: Scope;
  /** Of the details: its key means this command there alone, and the palette opens that page for it. */
  readonly page?: DetailsPage;
  /** By their names in keys.ts; the footer shows the first one. */
  readonly keys: readonly string[];
  /** One or two words, for the footer. */
  readonly label: string;
  /** Replaces the label where it depends on the context, as where the key now does the opposite. */
  labelNow?(this: void, context: KeyContext): string | null;
  /** One sentence, for help and docs. */
  readonly help: string;
  /** Not shown in the footer: common enough to be known, or rarely needed. */
  readonly isQuiet?: true | ((this: void, context: KeyContext) => boolean);
  /** True: it is what to do next. The footer shows it first, even if it is quiet. */
  isNext?(this: void, context: KeyContext): boolean;
  /** Gets its space in the footer before all others. */
  readonly isAlwaysShown?: true;
  /** False: the key does not mean this command now, and may mean another one. Default: true. */
  isOffered?(this: void, context: KeyContext): boolean;
  /** Null: the command can be used now. Otherwise one sentence that says why not. */
  whyNot(this: void, context: KeyContext): string | null;
};
