// The commands of the log pane.

import { placeOf } from '../../core/task/task-key.ts';
import type { Entry } from '../../core/log/entry.ts';
import { copiedText } from '../../core/log/entry-text.ts';
import { isTaskName } from '../../core/task/task.ts';
import { fileTime } from '../../core/text/numbers.ts';
import { lacksItsMiddle } from '../../core/text/safe-text.ts';
import { emptyAsk } from '../../ui/dialog/ask-line.ts';
import type { Ask } from '../../ui/dialog/dialog.ts';
import type { KeyContext } from '../../ui/keys/command.ts';
import type { ErrorTarget } from '../../ui/view/jump-target.ts';
import type { LogAction } from '../../ui/view/log/actions.ts';
import { entryUnderMark } from '../../ui/view/log/place.ts';
import { panesOf } from '../../ui/view/panes.ts';
import { notice, type CommandDeps } from './command-deps.ts';
import { changesView, withATask, type CommandRecord } from './command-record.ts';

const whileSearching = ({ isSearching }: KeyContext): boolean => isSearching === true;

/** These come before the other log commands in the footer. */
export const searchCommands: readonly CommandRecord[] = [
  inLog({
    id: 'search',
    keys: ['/'],
    label: 'search',
    help: 'Search the whole log; Tab: regex.',
    act: asks('search'),
  }),
  inLog({
    id: 'next-match',
    keys: ['n'],
    label: 'next match',
    help: 'Next match, further down.',
    isOffered: whileSearching,
    act: changesLog({ type: 'match-moved', by: 1 }),
  }),
  inLog({
    id: 'previous-match',
    keys: ['N'],
    label: 'previous match',
    help: 'Previous match, further up.',
    isOffered: whileSearching,
    act: changesLog({ type: 'match-moved', by: -1 }),
  }),
];

export const logCommands: readonly CommandRecord[] = [
  inLog({
    id: 'log-filter',
    keys: ['f'],
    label: 'filter',
    help: 'Switch the filter: messages, commands, failed commands, files, errors, reasoning, to-dos, runner, all.',
    act: changesLog({ type: 'filter-changed' }),
  }),
  inLog({
    id: 'clear-log',
    keys: ['escape'],
    label: 'show all',
    help: 'Clear the search, then the filter.',
    isAlwaysShown: true,
    isOffered: ({ isSearching, isLogFiltered }) => isSearching === true || isLogFiltered === true,
    act: changesLog({ type: 'cleared' }),
  }),
  inLog({
    id: 'next-error',
    keys: ['e'],
    label: 'next error',
    help: 'Next error or failed command.',
    act: (deps) => toError(deps, 1),
  }),
  quietInLog({
    id: 'previous-error',
    keys: ['E'],
    help: 'Previous error or failed command.',
    act: (deps) => toError(deps, -1),
  }),
  inLog({
    id: 'jump',
    keys: ['t'],
    label: 'go to',
    help: 'Go to a time, a session, or where a step was ticked: 3:40, 2026-01-29 03:40, session 4, step 7.',
    act: asks('jump'),
  }),
  quietInLog({
    id: 'session-alone',
    keys: ['a'],
    help: 'Show only the session of the selected entry, or all sessions.',
    act: changesLog({ type: 'session-alone' }),
  }),
  quietInLog({
    id: 'follow',
    keys: ['F'],
    help: 'Follow the newest entry.',
    act: changesLog({ type: 'followed' }),
  }),
  inLog({
    id: 'copy',
    keys: ['y'],
    label: 'copy',
    help: 'Copy the selected entry to the clipboard.',
    act: copyEntry,
  }),
  quietInLog({
    id: 'raw',
    keys: ['J'],
    help: 'Show the selected entry as JSON, or as text again.',
    act: changesLog({ type: 'raw-toggled' }),
  }),
  quietInLog({
    id: 'export',
    keys: ['x'],
    help: 'Export the shown entries to a file: .md, .jsonl or .txt.',
    act: askForFile,
  }),
  quietInLog({
    id: 'wrap',
    keys: ['w'],
    help: 'Toggle line wrapping.',
    act: changesLog({ type: 'wrap-toggled' }),
  }),
  quietInLog({
    id: 'scroll-right',
    keys: ['right', 'l'],
    help: 'Scroll right, when lines are not wrapped.',
    act: changesLog({ type: 'column-moved', by: 1 }),
  }),
  quietInLog({
    id: 'scroll-left',
    keys: ['left', 'h'],
    help: 'Scroll left.',
    act: changesLog({ type: 'column-moved', by: -1 }),
  }),
];

type LogCommand = Omit<CommandRecord, 'scope' | 'whyNot'>;

function inLog(command: LogCommand): CommandRecord {
  return { ...command, scope: 'log', whyNot: withATask };
}

function quietInLog(command: Omit<LogCommand, 'label'>): CommandRecord {
  return { ...inLog({ ...command, label: command.id.replace('-', ' ') }), isQuiet: true };
}

function changesLog(action: LogAction): CommandRecord['act'] {
  return changesView({ type: 'log', action });
}

/** Opens the one-line input; ask-commands.ts does what was asked for. */
function asks(about: Ask['about']): CommandRecord['act'] {
  return changesView({ type: 'dialog-opened', dialog: emptyAsk(about) });
}

function askForFile({ store, clock }: CommandDeps): void {
  const { selected } = store.view();
  const own = selected === null ? '' : placeOf(selected).name;
  const name = isTaskName(own) ? own : 'log';
  const suggestion = `${name}-${fileTime(clock.now())}.md`;
  store.act({ type: 'dialog-opened', dialog: emptyAsk('export', suggestion) });
}

function markedEntry({ store }: CommandDeps): Entry | null {
  const { log } = panesOf(store.view(), store.scene());
  const key = log === null ? null : entryUnderMark(log);
  return log?.entries.find((entry) => entry.key === key) ?? null;
}

function toError(deps: CommandDeps, by: 1 | -1): void {
  const { store } = deps;
  const { log } = panesOf(store.view(), store.scene());
  if (log === null) return;
  const marked = markedEntry(deps);
  const go = (target: Pick<ErrorTarget, 'from' | 'by'>): void =>
    store.act({ type: 'gone-to', target: { kind: 'error', ...target } });
  // While the log follows its end, nothing comes after: go to the last error instead.
  if (log.scroll.follow) return go({ from: Infinity, by: -1 });
  go(by === 1 ? { from: marked?.lastOffset ?? 0, by } : { from: marked?.offset ?? 0, by });
}

function copyEntry(deps: CommandDeps): void {
  const entry = markedEntry(deps);
  if (entry === null) return notice(deps, 'Nothing to copy', 'plain');
  const text = copiedText(entry);
  const answer = deps.copy?.(text) ?? 'This terminal cannot copy';
  const isCut = deps.copy !== undefined && lacksItsMiddle(text);
  const { logs, selected } = deps.store.view();
  const isOpened = logs.get(selected ?? '')?.opened.has(entry.key) ?? false;
  const whole = isOpened ? 'session.log has the full text' : 'Enter expands the entry';
  notice(deps, isCut ? `${answer}, without the middle; ${whole}` : answer, 'plain');
}
