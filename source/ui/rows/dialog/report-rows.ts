// The report on a page of its own, in the same words as in Markdown:
//
//   ╭ While you were away · since 23:04 ────────────────────────────╮
//   │ 1 task failed · 3 steps ticked, all proven · 4 sessions       │
//   │                                                               │
//   │ ✗ docs · failed · 2 of 9 steps (22%)                          │
//   │   Codex is not logged in: run codex login                     │
//   │   Steps     3 ticked by sessions, all proven                  │

import {
  inOrder,
  isWorthReading,
  type ProjectReport,
} from '../../../core/report/project-report.ts';
import type { TaskReport } from '../../../core/report/task-report.ts';
import { headline, progressWords, taskLines, type Words } from '../../../core/report/words.ts';
import { moment } from '../../../core/text/numbers.ts';
import type { ReportDialog } from '../../dialog/report-dialog.ts';
import { glyphs } from '../../look/glyphs.ts';
import { stateGlyph, stateStyle } from '../../look/state-words.ts';
import { padEnd } from '../../look/text-width.ts';
import { bordered, insideWidth } from '../border.ts';
import { bold, dim, run, type Row, type StyleRun } from '../row.ts';
import { wrapRuns } from '../wrapped-runs.ts';

type ReportParts = {
  readonly dialog: ReportDialog;
  readonly width: number;
  readonly height: number;
  readonly keys: readonly StyleRun[];
};

export function reportDialog({ dialog, width, height, keys }: ReportParts): Row[] {
  const { report } = dialog;
  const lines =
    report === null ? [[run('Reading what happened…', dim)]] : reportLines(report, width);
  const top = Math.min(dialog.top, lastReportTop({ dialog, width, height }));
  return bordered({ title: titleOf(report), width, height, lines: lines.slice(top), keys });
}

/** How far it can be scrolled until its end is at the bottom. */
export function lastReportTop({
  dialog: { report },
  width,
  height,
}: Omit<ReportParts, 'keys'>): number {
  const count = report === null ? 1 : reportLines(report, width).length;
  return Math.max(0, count - Math.max(1, height - 3));
}

function titleOf(report: ProjectReport | null): string {
  if (report === null) return 'What happened';
  return report.since === null
    ? 'What happened'
    : `While you were away ${glyphs.between} since ${moment(report.since, report.at)}`;
}

type Lines = readonly (readonly StyleRun[])[];

/** The same lines for each frame, and for each key that scrolls them. */
const drawn = new WeakMap<ProjectReport, { width: number; lines: Lines }>();
const mostTasks = 100;

function reportLines(report: ProjectReport, width: number): Lines {
  const known = drawn.get(report);
  if (known?.width === width) return known.lines;
  const room = insideWidth(width);
  const tasks = inOrder(report.tasks).filter(isWorthReading);
  const more = tasks.length - mostTasks;
  const lines = [
    ...wrapRuns([run(headline(report), bold)], room),
    ...tasks.slice(0, mostTasks).flatMap((task) => [[], ...linesOf(task, room)]),
    ...(more > 0 ? [[], [run(`and ${more} more: --report --task-name NAME`, dim)]] : []),
    ...(tasks.length > 0 ? [] : [[], [run('Nothing happened in any task.')]]),
  ];
  drawn.set(report, { width, lines });
  return lines;
}

const labelWidth = 10;

function linesOf(task: TaskReport, room: number): StyleRun[][] {
  const { word, reason } = task.state;
  const between = run(` ${glyphs.between} `, dim);
  const heading = [
    ...[stateGlyph(word, 0), run(' '), run(task.task, bold), between],
    ...[run(word, stateStyle(word)), between, run(progressWords(task), dim)],
  ];
  return [
    ...wrapRuns(heading, room),
    ...(reason === null ? [] : indented([run(reason)], { first: '  ', room })),
    ...taskLines(task).flatMap(({ label, words, below }) => [
      ...indented(runsOf(words), { first: `  ${padEnd(label, labelWidth)}`, room }),
      ...below.flatMap((each) =>
        indented(runsOf(each), { first: ' '.repeat(labelWidth + 4), room }),
      ),
    ]),
  ];
}

function indented(
  runs: StyleRun[],
  { first, room }: { first: string; room: number },
): StyleRun[][] {
  const wrapped = wrapRuns(runs, Math.max(10, room - first.length));
  return wrapped.map((line, at) => [
    run(at === 0 ? first : ' '.repeat(first.length), dim),
    ...line,
  ]);
}

function runsOf(words: Words): StyleRun[] {
  return words.map((word) => run(typeof word === 'string' ? word : word.foreign));
}
