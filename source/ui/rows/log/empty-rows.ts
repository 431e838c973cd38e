// The screen without tasks: what this is, and the two things the user can do. Also the empty states of the panes.
//
//   No tasks in ~/shop yet.
//
//   n   describe a goal; Codex plans it and works through it
//   q   quit

import type { TaskView } from '../../../core/task/board.ts';
import { isFiltered } from '../../../core/log/filter.ts';
import { isUnderWay } from '../../look/state-words.ts';
import { cutEnd, cutFront } from '../../look/text-width.ts';
import { wrapText } from '../../look/text-wrap.ts';
import type { LogPane } from './log-rows.ts';
import {
  bold,
  dim,
  filled,
  plain,
  rowOf,
  run,
  type Row,
  type Style,
  type StyleRun,
} from '../row.ts';

type Empty = { readonly project: string; readonly width: number; readonly height: number };

type EmptyLog = Pick<LogPane, 'problem' | 'reading' | 'filter' | 'width' | 'height'> & {
  readonly task: TaskView | null;
};

export function emptyRows({ project, width, height }: Empty): Row[] {
  const margin = width >= 64 ? 10 : 2;
  const room = width - 2 * margin;
  const lines = [
    [run('No tasks in '), run(cutFront(project, room - 17), bold), run(' yet.')],
    [],
    ...keyLines('n', 'describe a goal; Codex plans it and works through it', room),
    ...keyLines('q', 'quit', room),
    [],
    ...textLines('To see it work without an account: autonomous-tui --demo', dim, room),
  ];
  const above = Math.max(0, Math.min(3, Math.floor((height - lines.length) / 3)));
  const rows = [
    ...Array.from({ length: above }, () => rowOf(width, [])),
    ...lines.map((line) => rowOf(width, [run(' '.repeat(margin)), ...line])),
  ];
  return filled(rows, { width, height });
}

/** No task passes the filter. `text`: what was typed; empty if the filter is only by state. */
export function noTaskRows({ text, width, height }: NoTask): Row[] {
  const which = text === '' ? '' : ` “${cutEnd(text, Math.max(1, width - 23))}”`;
  const lines = ['', `No task matches${which}.`, 'Esc: show all'];
  return filled(
    lines.map((line) => rowOf(width, [run('  '), run(line, dim)])),
    { width, height },
  );
}

/** All tasks are put away. */
export function allArchivedRows({ width, height }: Omit<NoTask, 'text'>): Row[] {
  const lines = ['', 'All tasks are archived.', 'f shows them, u brings the last one back'];
  return filled(
    lines.map((line) => rowOf(width, [run('  '), run(line, dim)])),
    { width, height },
  );
}

type NoTask = { readonly text: string; readonly width: number; readonly height: number };

/** A log without visible entries: why, and what to do. */
export function emptyLogRows(log: EmptyLog): Row[] {
  const { width, height } = log;
  const rows = emptyLogWords(log)
    .flatMap((sentence) => wrapText(sentence, Math.max(1, width - 4)))
    .map((line) => rowOf(width, [run('  '), run(line, dim)]));
  return filled([rowOf(width, []), ...rows], { width, height });
}

function emptyLogWords({ task, problem, reading, filter }: EmptyLog): string[] {
  if (task === null) return [];
  if (!task.valid && task.mend === null) return [`This is ${task.problem ?? 'not a task'}.`];
  if (problem != null) return [problem];
  if (isFiltered(filter)) {
    return reading == null
      ? ['No log entry matches.', 'Esc: show all']
      : ['No match so far; still reading the log.'];
  }
  if (task.mend !== null) {
    return ['Its name is not a valid task name.', 'To use it, rename it:', task.mend];
  }
  if (isUnderWay(task.state.word)) return ['The log will appear here.'];
  return ['No session has run yet.'];
}

/** One sentence, for a terminal that has no room for more. */
export function tooSmallRows({ width, height }: { width: number; height: number }): Row[] {
  const sentence = `Terminal too small: ${width}×${height} (at least 40×10). Tasks keep running.`;
  const lines = wrapText(sentence, Math.max(1, width));
  return filled(
    lines.map((line) => rowOf(width, [run(line)])),
    { width, height },
  );
}

function keyLines(key: string, text: string, room: number): StyleRun[][] {
  return textLines(text, plain, room - 4).map((line, index) => [
    run((index === 0 ? key : '').padEnd(4), bold),
    ...line,
  ]);
}

function textLines(text: string, style: Style, room: number): StyleRun[][] {
  return wrapText(text, Math.max(1, room)).map((line) => [run(line, style)]);
}
