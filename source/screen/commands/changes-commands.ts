// The commands of the page "What it changed", and the key that opens it.

import { placeOf } from '../../core/task/task-key.ts';
import type { ChangesRange } from '../../core/changes/changes.ts';
import { isTaskName } from '../../core/task/task.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import { emptyAsk } from '../../ui/dialog/ask-line.ts';
import type { KeyContext } from '../../ui/keys/command.ts';
import type { ChangesAction } from '../../ui/view/changes/actions.ts';
import { hunkText } from '../../ui/view/changes/hunk-text.ts';
import { selectedFile } from '../../ui/view/changes/view.ts';
import { markedTarget } from '../../ui/view/details-scroll.ts';
import { entryUnderMark } from '../../ui/view/log/place.ts';
import { panesOf, type Panes } from '../../ui/view/panes.ts';
import { notice, type CommandDeps } from './command-deps.ts';
import { changesView, withATask, type CommandRecord } from './command-record.ts';
import { saying } from './under-way.ts';

/** This comes before the other view commands in the footer. */
export const openChangesCommand: CommandRecord = {
  id: 'show-changes',
  scope: 'panes',
  keys: ['d'],
  label: 'changes',
  help: 'What the task changed; on a session or a file change, what that session did to the files.',
  isOffered: ({ focus }) => focus !== 'changes',
  whyNot: (context) => withATask(context) ?? whyNoChanges(context),
  act: openChanges,
};

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

function whyNoChanges({ task }: KeyContext): string | null {
  return task?.valid === false ? `${task.label} is not a valid name` : null;
}

function openChanges({ store }: CommandDeps): void {
  const view = store.view();
  const panes = panesOf(view, store.scene());
  const target =
    view.focus === 'log'
      ? targetInLog(panes)
      : view.focus === 'details'
        ? targetInDetails(panes)
        : null;
  store.act({ type: 'changes-opened', ...(target ?? { range: { kind: 'task' } }) });
}

type Target = { range: ChangesRange; sought?: string };

/** The session under the mark. */
function targetInDetails({ details }: Panes): Target | null {
  const target = details === null ? null : markedTarget(details);
  return target?.kind === 'session' ? { range: { kind: 'session', session: target.number } } : null;
}

/** On a file change, that file in its session; on a session's heading, that session. */
function targetInLog({ log }: Panes): Target | null {
  const key = log === null ? null : entryUnderMark(log);
  const entry = log?.entries.find((one) => one.key === key);
  if (log === null || entry === undefined) return null;
  const { body } = entry;
  if (body.kind !== 'file-changes' && body.kind !== 'session') return null;
  const heading =
    body.kind === 'session'
      ? entry
      : (log.landmarks ?? []).findLast(
          (one) => one.body.kind === 'session' && one.offset <= entry.offset,
        );
  const session = heading?.body.kind === 'session' ? heading.body.session : null;
  if (session === null) return null;
  const sought = body.kind === 'file-changes' ? body.changes[0]?.path : undefined;
  return {
    range: { kind: 'session', session },
    ...(sought === undefined ? {} : { sought }),
  };
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
