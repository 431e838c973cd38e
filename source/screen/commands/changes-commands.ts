// The commands of the page "What it changed".

import { placeOf } from '../../core/task/task-key.ts';
import { isTaskName } from '../../core/task/task.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import { emptyAsk } from '../../ui/dialog/ask-line.ts';
import type { KeyContext } from '../../ui/keys/command.ts';
import type { ChangesAction } from '../../ui/view/changes/actions.ts';
import { hunkText } from '../../ui/view/changes/hunk-text.ts';
import { selectedFile } from '../../ui/view/changes/view.ts';
import { panesOf } from '../../ui/view/panes.ts';
import { notice, type CommandDeps } from './command-deps.ts';
import { changesView, withATask, type CommandRecord } from './command-record.ts';
import { saying } from './under-way.ts';

const isAt =
  (at: 'files' | 'lines') =>
  ({ changes }: KeyContext): boolean =>
    changes?.at === at && !changes.isSearching;
const isSearching = ({ changes }: KeyContext): boolean => changes?.isSearching === true;

export const changesCommands: readonly CommandRecord[] = [
  onPage({
    id: 'open-file',
    keys: ['return'],
    label: 'lines',
    help: 'Go through the lines of the selected file.',
    isOffered: ({ changes }) => changes?.at !== 'lines',
    act: changesPage({ type: 'turned-to', at: 'lines' }),
  }),
  onPage({
    id: 'previous-range',
    keys: ['['],
    label: 'earlier',
    help: 'From the whole task to what changed since you last looked, then to the sessions, the last one first.',
    act: changesPage({ type: 'range-moved', by: -1 }),
  }),
  onPage({
    id: 'next-range',
    keys: [']'],
    label: 'later',
    help: 'The way back: to a later session, then to the whole task.',
    act: changesPage({ type: 'range-moved', by: 1 }),
  }),
  onPage({
    id: 'search-lines',
    keys: ['/'],
    label: 'search lines',
    help: 'Search the lines of the selected file; Tab: regex.',
    act: changesView({ type: 'dialog-opened', dialog: emptyAsk('search') }),
  }),
  onPage({
    id: 'next-line-match',
    keys: ['n'],
    label: 'next matching line',
    help: 'Next match, further down.',
    isOffered: isSearching,
    act: changesPage({ type: 'match-moved', by: 1 }),
  }),
  onPage({
    id: 'previous-line-match',
    keys: ['N'],
    label: 'previous matching line',
    help: 'Previous match, further up.',
    isOffered: isSearching,
    act: changesPage({ type: 'match-moved', by: -1 }),
  }),
  onPage({
    id: 'copy-hunk',
    keys: ['y'],
    label: 'copy hunk',
    help: 'Copy the lines around the marked one as a hunk; in the files, the path.',
    act: copyHunk,
  }),
  onPage({
    id: 'export-patch',
    keys: ['x'],
    label: 'export patch',
    help: 'Export all that changed to a file, as a patch for git apply.',
    isQuiet: true,
    act: askForPatchFile,
  }),
  onPage({
    id: 'read-again',
    keys: ['d'],
    label: 'compare again',
    help: 'Compare again with the files as they are now.',
    isQuiet: true,
    act: changesPage({ type: 'read-again' }),
  }),
  onPage({
    id: 'lines-right',
    keys: ['right', 'l'],
    label: 'lines right',
    help: 'Scroll the lines right.',
    isQuiet: true,
    act: changesPage({ type: 'column-moved', by: 1 }),
  }),
  onPage({
    id: 'lines-left',
    keys: ['left', 'h'],
    label: 'lines left',
    help: 'Scroll the lines left.',
    isQuiet: true,
    act: changesPage({ type: 'column-moved', by: -1 }),
  }),
  onPage({
    id: 'clear-line-search',
    keys: ['escape'],
    label: 'clear search',
    help: 'Clear the search.',
    isAlwaysShown: true,
    isOffered: isSearching,
    act: changesPage({ type: 'cleared' }),
  }),
  onPage({
    id: 'back-to-files',
    keys: ['escape'],
    label: 'files',
    help: 'Back to the files.',
    isAlwaysShown: true,
    isOffered: isAt('lines'),
    act: changesPage({ type: 'turned-to', at: 'files' }),
  }),
  onPage({
    id: 'back',
    keys: ['escape'],
    label: 'back',
    help: 'Back to the pane that you came from.',
    isAlwaysShown: true,
    isOffered: ({ changes }) => changes?.at !== 'lines' && changes?.isSearching !== true,
    act: changesView({ type: 'changes-closed' }),
  }),
];

function onPage(command: Omit<CommandRecord, 'scope' | 'whyNot'>): CommandRecord {
  return { ...command, scope: 'changes', whyNot: withATask };
}

function changesPage(action: ChangesAction): CommandRecord['act'] {
  return changesView({ type: 'changes', action });
}

function copyHunk(deps: CommandDeps): void {
  const { changes } = panesOf(deps.store.view(), deps.store.scene());
  const file = changes === null ? null : selectedFile(changes);
  if (changes === null || file === null) return notice(deps, 'Nothing to copy', 'plain');
  const text = changes.at === 'files' ? file.label : hunkText(changes);
  const answer = text === null ? 'Nothing to copy' : deps.copy?.(text);
  notice(deps, answer ?? 'This terminal cannot copy', 'plain');
}

function askForPatchFile({ store }: CommandDeps): void {
  const { selected, changes } = store.view();
  const own = selected === null ? '' : placeOf(selected).name;
  const name = isTaskName(own) ? own : 'task';
  const range = changes?.range ?? { kind: 'task' };
  const which = range.kind === 'session' ? `session-${range.session}` : range.kind;
  const suggestion = `${name}-${which}.patch`;
  store.act({ type: 'dialog-opened', dialog: emptyAsk('export', suggestion) });
}

/** The user has named the file. */
export function exportPatch(deps: CommandDeps, path: string): void {
  deps.store.act({ type: 'dialog-closed' });
  const { exportPatch: write } = deps;
  if (write === undefined) return;
  saying(deps, `Exporting to ${path} …`, () => write(path)).then(
    (sentence) => notice(deps, sentence, 'plain'),
    (error: unknown) => notice(deps, `Export failed: ${errorMessage(error)}`, 'problem'),
  );
}
