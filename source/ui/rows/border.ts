// The border of a dialog; nothing else has one:
//
//   ╭ New task ───────────────╮
//   │ What should be done?    │
//   ╰─────────────────────────╯

import { bold, cutRuns, dim, rowOf, run, runsWidth, type Row, type StyleRun } from './row.ts';

type Bordered = {
  readonly title: string;
  readonly width: number;
  /** The most rows that the dialog may take, including the border. */
  readonly height: number;
  readonly lines: readonly (readonly StyleRun[])[];
  /** The last line, which stays even if others do not fit. */
  readonly keys: readonly StyleRun[];
};

/** The cells for text inside a border of `width`. */
export function insideWidth(width: number): number {
  return Math.max(1, width - 4);
}

export function bordered({ title, width, height, lines, keys }: Bordered): Row[] {
  const inside = [...fitting(lines, Math.max(0, height - 3)), keys];
  const room = insideWidth(width);
  const heading = [run('╭ ', dim), ...cutRuns([run(title, bold)], width - 4), run(' ')];
  const rest = '─'.repeat(Math.max(0, width - 1 - runsWidth(heading)));
  return [
    rowOf(width, [...heading, run(`${rest}╮`, dim)]),
    ...inside.map((line) =>
      rowOf(width, [run('│ ', dim), ...rowOf(room, cutRuns(line, room)), run(' │', dim)]),
    ),
    rowOf(width, [run(`╰${'─'.repeat(Math.max(0, width - 2))}╯`, dim)]),
  ];
}

/** Lines that do not fit are counted: `+3 more`. */
function fitting(lines: Bordered['lines'], room: number): Bordered['lines'] {
  if (lines.length <= room || room === 0) return lines.slice(0, room);
  const hidden = lines.slice(room - 1).filter((line) => line.length > 0).length;
  return [...lines.slice(0, room - 1), [run(`+${hidden} more`, dim)]];
}
