// What to tell a task, as lines of a dialog:
//
//   ╭ Tell refactor-auth ─────────────────────────────────────╮
//   │ ┃ Use PostgreSQL, not SQLite                            │
//   │                                                         │

import type { Tell } from '../../dialog/tell-form.ts';
import { glyphs } from '../../look/glyphs.ts';
import { wrapText } from '../../look/text-wrap.ts';
import { run, type Row } from '../row.ts';
import { fieldRows } from './field-rows.ts';

const tallestText = 10;

export function tellLines(
  { field, problem }: Tell,
  { width, height }: { width: number; height: number },
): Row[] {
  const problems = (problem === null ? [] : wrapText(`${glyphs.failed} ${problem}`, width))
    .slice(0, 3)
    .map((line) => [run(line, { color: 'failed' })]);
  const rows = fieldRows(field, {
    width: width - 2,
    height: Math.max(1, Math.min(tallestText, height - problems.length - 1)),
    isFocused: true,
  });
  return [...rows.map((row) => [run('┃ ', { color: 'accent' }), ...row]), ...problems, []];
}
