// The sentences of a report, the same in Markdown and on the screen. Text that others wrote is marked, so that each can
// show it in its own way.

import { percentDone } from '../checklist/checklist.ts';
import { duration, tokens } from '../text/numbers.ts';
import { counted } from './needs.ts';
import { totalsOf, type ProjectReport } from './project-report.ts';
import { reviewWords } from './reviews.ts';
import type { FilesReport, TaskReport } from './task-report.ts';
import { you } from './waiting.ts';
import type { WaitTotal } from './waits.ts';

/** `foreign`: what an agent, a file or a program may have written. */
export type Words = readonly (string | { readonly foreign: string })[];

/** A line of the report: its label, what it says, and lines below it. */
type ReportLine = {
  readonly label: string;
  readonly words: Words;
  readonly below: readonly Words[];
};

/** Of a long list. */
const mostBelow = 20;

/** One sentence on all of it: a night that failed says so first. */
export function headline(report: ProjectReport): string {
  const { ticked, proven, sessions, needYou, failed } = totalsOf(report);
  const parts = [
    ...(failed > 0 ? [`${counted(failed, 'task')} failed`] : []),
    ...(needYou > 0 ? [`${needYou} ${needYou === 1 ? 'needs' : 'need'} you`] : []),
    ticked === 0
      ? 'no step was ticked'
      : `${counted(ticked, 'step')} ticked${ticked === proven ? ', all proven' : `, ${proven} of them proven`}`,
    counted(sessions, 'session'),
  ];
  const text = parts.join(' · ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

export function progressWords({ steps }: Pick<TaskReport, 'steps'>): string {
  if (!steps.hasList) return 'no task_list.md';
  if (steps.total === 0) return 'a list without steps';
  return `${steps.done} of ${counted(steps.total, 'step')} (${percentDone(steps)}%)`;
}

export function taskLines(task: TaskReport): readonly ReportLine[] {
  return [
    ...task.lookAt.map((text) => line('Look at', [{ foreign: text }])),
    stepsLine(task),
    sessionsLine(task),
    ...checkLines(task),
    line('Waits', task.waits.length === 0 ? ['none'] : joined(task.waits.map(waitWords))),
    tokensLine(task),
    filesLine(task.files),
    commitsLine(task),
    ...task.guard.map(({ session, lines }) =>
      line(
        'List',
        [`session ${session}`],
        lines.map((text) => [{ foreign: text }]),
      ),
    ),
    reviewLine(task),
  ];
}

function line(label: string, words: Words, below: readonly Words[] = []): ReportLine {
  const more = below.length - mostBelow;
  const cut = more > 0 ? [...below.slice(0, mostBelow), [`and ${more} more`]] : below;
  return { label, words, below: cut };
}

function stepsLine({ steps: { ticked, proven, unproven } }: TaskReport): ReportLine {
  const words =
    ticked === 0
      ? 'none was ticked by a session'
      : `${ticked} ticked by sessions, ${proven === ticked ? 'all' : proven} proven`;
  return line(
    'Steps',
    [words],
    unproven.map(({ text, session, reason }) => [
      'not proven: ',
      { foreign: text },
      ` (session ${session}: `,
      { foreign: reason },
      ')',
    ]),
  );
}

function sessionsLine({ sessions }: TaskReport): ReportLine {
  const { total, byOutcome, running, unknown } = sessions;
  const outcomes = byOutcome.map(({ outcome, count }): Words => [
    `${count} `,
    { foreign: outcome },
  ]);
  return line('Sessions', [
    total === 0 ? 'none has ended' : `${total} ended: `,
    ...(total === 0 ? [] : joined(outcomes)),
    ...(running === null ? [] : [`; session ${running} runs`]),
    ...(unknown === 0 ? [] : [`; nothing was kept of ${counted(unknown, 'earlier one')}`]),
  ]);
}

function checkLines({ checks }: TaskReport): readonly ReportLine[] {
  if (checks.length === 0) return [line('Checks', ['none ran'])];
  return checks
    .slice(0, mostBelow)
    .map(({ command, outcome, exitCode, session, passed, failed }) =>
      line('Check', [
        { foreign: command },
        ` ${outcome}${exitCode === null || outcome !== 'failed' ? '' : ` (exit code ${exitCode})`}`,
        session === 0 ? ' before the first session' : ` after session ${session}`,
        ...(passed + failed === 0 ? [] : [`; ${passed} passed, ${failed} did not`]),
      ]),
    );
}

function waitWords({ for: reason, count, ms, ofUnknownLength }: WaitTotal): Words {
  const times = count === 1 ? '' : ` (${count} times)`;
  const unknown =
    ofUnknownLength === 0 ? '' : `, and ${ofUnknownLength} of unknown length: its runner died`;
  const what = reason === you ? 'for you' : { foreign: reason };
  return [what, ` ${duration(ms)}${times}${unknown}`];
}

function tokensLine({ tokens: { usage, silent, perStep }, sessions }: TaskReport): ReportLine {
  if (sessions.total === 0 || silent === sessions.total) return line('Tokens', ['not known']);
  const cached =
    usage.cachedInputTokens === 0 ? '' : ` (${tokens(usage.cachedInputTokens)} cached)`;
  return line('Tokens', [
    `${tokens(usage.inputTokens)} in${cached}, ${tokens(usage.outputTokens)} out`,
    ...(perStep === null ? [] : [`; ${tokens(perStep)} a step, without what was cached`]),
    ...(silent === 0 ? [] : [`; ${counted(silent, 'session')} reported none`]),
  ]);
}

function reviewLine({ reviews }: TaskReport): ReportLine {
  const [words, cost] = reviewWords(reviews);
  return line('Review', [words], cost === null ? [] : [[cost]]);
}

function filesLine(files: FilesReport | null): ReportLine {
  if (files === null) return line('Files', ['not known: no session has ended']);
  if ('problem' in files) return line('Files', ['not known: ', { foreign: files.problem }]);
  const { count, isCut, added, removed, from, to, list } = files;
  const between = from === to ? `session ${from}` : `sessions ${from} to ${to}`;
  if (count === 0) return line('Files', [`none changed in ${between}`]);
  return line(
    'Files',
    [`${count}${isCut ? ' or more' : ''} changed in ${between}, ${lineWords(added, removed)}`],
    list.map(({ path, lines }) => [
      { foreign: path },
      lines?.kind === 'lines' ? ` +${lines.added} −${lines.removed}` : '',
    ]),
  );
}

function lineWords(added: number | null, removed: number | null): string {
  return added === null || removed === null
    ? 'their lines were not counted: there are too many'
    : `+${added} −${removed}`;
}

function commitsLine({ branch, sharedWith }: TaskReport): ReportLine {
  const others =
    sharedWith.length === 0 ? [] : joined(sharedWith.map((name) => [{ foreign: name }]));
  const below: Words[] =
    others.length === 0 ? [] : [['worked in the same files at the same time: ', ...others]];
  if (branch === null) {
    return line('Commits', ['not counted: it works in the project itself'], below);
  }
  const from: Words = branch.from === null ? ['where it began'] : [{ foreign: branch.from }];
  const { name, ahead } = branch;
  if (ahead === null) return line('Commits', [{ foreign: name }, ', not counted'], below);
  return line(
    'Commits',
    [counted(ahead, 'commit'), ' on ', { foreign: name }, ' since ', ...from],
    below,
  );
}

function joined(parts: readonly Words[]): Words {
  return parts.flatMap((part, at) => (at === 0 ? part : [', ', ...part]));
}
