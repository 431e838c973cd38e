// What to tell a task, as lines of a dialog:
//
//   ╭ Tell refactor-auth ─────────────────────────────────────╮
//   │ ┃ Use PostgreSQL, not SQLite                            │
//   │                                                         │

import type { Tell } from '../../dialog/tell-form.ts';
import { glyphs } from '../../look/glyphs.ts';
import { wrapText } from '../../look/text-wrap.ts';
import { dim, run, type Row, type Style } from '../row.ts';
import { fieldRows } from './field-rows.ts';

const tallestText = 10;

export function tellLines(
  { field, then, problem }: Tell,
  { width, height }: { width: number; height: number },
): Row[] {
  const said = problem === null ? then : `${glyphs.failed} ${problem}`;
  const style: Style = problem === null ? dim : { color: 'failed' };
  const below = (said === null ? [] : wrapText(said, width))
    .slice(0, 3)
    .map((line) => [run(line, style)]);
  const rows = fieldRows(field, {
    width: width - 2,
    height: Math.max(1, Math.min(tallestText, height - below.length - 1)),
    isFocused: true,
  });
  return [...rows.map((row) => [run('┃ ', { color: 'accent' }), ...row]), ...below, []];
}
