// The page with the report: what happened while the user was away.

import { keyOf } from '../../core/task/task-key.ts';
import { reportMarkdown } from '../../core/report/markdown.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import type { KeyContext } from '../../ui/keys/command.ts';
import { unreadReport } from '../../ui/dialog/report-dialog.ts';
import { notice, type CommandDeps } from './command-deps.ts';
import { always, changesView, closesDialog, type CommandRecord } from './command-record.ts';

export const reportCommand: CommandRecord = {
  id: 'report',
  scope: 'panes',
  keys: ['W'],
  label: 'while away',
  help: 'What happened while you were away: steps, sessions, waits, files, and what needs you.',
  isQuiet: true,
  isNext: ({ hasNews }) => hasNews === true,
  whyNot: always,
  act: openReport,
};

export const reportCommands: readonly CommandRecord[] = [
  onPage({ id: 'close', keys: ['escape', 'W', 'q'], label: 'close', help: 'Close the report.' }),
  onPage({
    ...{ id: 'down', keys: ['j', 'down'], label: 'down', help: 'Scroll down.' },
    act: changesView({ type: 'moved', move: 'down' }),
  }),
  onPage({
    ...{ id: 'up', keys: ['k', 'up'], label: 'up', help: 'Scroll up.' },
    act: changesView({ type: 'moved', move: 'up' }),
  }),
  onPage({
    ...{ id: 'copy', keys: ['y'], label: 'copy', help: 'Copy the report as Markdown.' },
    act: copyReport,
  }),
];

function onPage(
  command: Omit<CommandRecord, 'scope' | 'whyNot' | 'act'> & Partial<Pick<CommandRecord, 'act'>>,
): CommandRecord {
  return { act: closesDialog, ...command, scope: 'report', whyNot: always };
}

function openReport(deps: CommandDeps, { task }: KeyContext): void {
  const { store, readReport } = deps;
  if (readReport === undefined) return notice(deps, 'There is nothing to report here', 'plain');
  store.act({ type: 'dialog-opened', dialog: unreadReport });
  const isAwaited = (): boolean => store.view().dialog === unreadReport;
  readReport(task === null ? null : keyOf(task)).then(
    (report) => {
      if (isAwaited()) store.act({ type: 'dialog-opened', dialog: { ...unreadReport, report } });
    },
    (error: unknown) => {
      if (isAwaited()) store.act({ type: 'dialog-closed' });
      notice(deps, `The report cannot be made: ${errorMessage(error)}`, 'problem');
    },
  );
}

function copyReport(deps: CommandDeps): void {
  const { dialog } = deps.store.view();
  const report = dialog?.kind === 'report' ? dialog.report : null;
  if (report === null) return;
  const answer = deps.copy?.(reportMarkdown(report)) ?? 'This terminal cannot copy';
  deps.store.act({ type: 'dialog-closed' });
  notice(deps, answer, 'plain');
}
