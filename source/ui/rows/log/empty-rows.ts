// A project without tasks: what this is, and the two things one can do.
//
//   No tasks in ~/shop yet.
//
//   n   describe a goal; Codex plans it and works it off
//   q   leave

import type { TaskView } from '../../../core/task/board.ts';
import { isFiltered } from '../../../core/log/filter.ts';
import { isUnderWay } from '../../look/state-words.ts';
import { cutFront } from '../../look/text-width.ts';
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

export type Empty = { readonly project: string; readonly width: number; readonly height: number };

export type EmptyLog = Pick<LogPane, 'problem' | 'reading' | 'filter' | 'width' | 'height'> & {
  readonly task: TaskView | null;
};

export function emptyRows({ project, width, height }: Empty): Row[] {
  const margin = width >= 64 ? 10 : 2;
  const room = width - 2 * margin;
  const lines = [
    [run('No tasks in '), run(cutFront(project, room - 17), bold), run(' yet.')],
    [],
    ...keyLines('n', 'describe a goal; Codex plans it and works it off', room),
    ...keyLines('q', 'leave', room),
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

/** A filter that no task passes: how to see them again. */
export function noTaskRows({ width, height }: { width: number; height: number }): Row[] {
  const lines = ['', 'No task is like that.', 'Esc shows all of them again.'];
  return filled(
    lines.map((line) => rowOf(width, [run('  '), run(line, dim)])),
    { width, height },
  );
}

/** A log of which nothing is to be seen: why, and what to do. */
export function emptyLogRows(log: EmptyLog): Row[] {
  const { width, height } = log;
  const rows = emptyLogWords(log)
    .flatMap((sentence) => wrapText(sentence, Math.max(1, width - 4)))
    .map((line) => rowOf(width, [run('  '), run(line, dim)]));
  return filled([rowOf(width, []), ...rows], { width, height });
}

function emptyLogWords({ task, problem, reading, filter }: EmptyLog): string[] {
  if (task === null) return [];
  if (problem != null) return [problem];
  if (isFiltered(filter)) {
    return reading == null
      ? ['Nothing in the log is like that.', 'Esc shows all of it again.']
      : ['Nothing like that so far: the log is still being read.'];
  }
  if (!task.valid) {
    const why = 'Its name is not one that can be acted on.';
    return task.mend === null ? [why] : [why, 'To use it, rename it:', task.mend];
  }
  if (isUnderWay(task.state.word)) return ['The first lines of its log will stand here.'];
  return ['Nothing has run here yet.'];
}

/** One sentence, where there is room for nothing else. */
export function tooSmallRows({ width, height }: { width: number; height: number }): Row[] {
  const sentence = `This terminal has ${width}×${height} cells; the dashboard needs 40×10. Tasks keep running.`;
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
