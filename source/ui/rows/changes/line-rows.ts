// The lines of one file's patch, in colour, with their numbers: of a removed line as it was, of all others as it is.
//
//        @@ -1,4 +1,6 @@ function todo() {
//    12  - const offset = 0;
//    12  + const offset = Number(query.offset);

import type { PatchLine } from '../../../core/changes/changes.ts';
import { glyphs } from '../../look/glyphs.ts';
import { cutFront, padStart } from '../../look/text-width.ts';
import type { Part } from '../../view/changes/arrangement.ts';
import { markedLine, patchOf, topLine } from '../../view/changes/lines.ts';
import { selectedFile, type ChangesPane } from '../../view/changes/view.ts';
import { rowsWithMatches } from '../match-rows.ts';
import { dim, plain, rowOf, run, sliceRow, type Row, type Style, type StyleRun } from '../row.ts';
import { countRuns } from './file-rows.ts';

type Heading = { readonly title: StyleRun[]; readonly mark: StyleRun[] };

export function fileHeading(pane: ChangesPane): Heading {
  const file = selectedFile(pane);
  if (file === null) return { title: [], mark: [] };
  const style: Style = pane.at === 'lines' ? { color: 'accent', bold: true } : plain;
  const counts = countRuns(file, pane.snapshot?.counts.get(file.path) ?? null);
  const title = [run(cutFront(file.label, 200), style), run('  '), ...counts];
  return { title: counts.length === 0 ? title.slice(0, 1) : title, mark: stateRuns(pane) };
}

function stateRuns({ search, snapshot }: ChangesPane): StyleRun[] {
  const problem = snapshot?.patch?.problem ?? null;
  if (problem !== null) return [run(problem, { color: 'failed' })];
  if (search === null) return [];
  switch (search.state) {
    case 'found':
      return [];
    case 'seeking':
      return [run('searching…', dim)];
    case 'none':
      return [run('no match', { color: 'accent' })];
    case 'wrapped':
      return [run('wrapped', { color: 'waiting' })];
    default:
      return search.state satisfies never;
  }
}

export function lineRows(pane: ChangesPane, { width, height }: Part): Row[] {
  const patch = patchOf(pane);
  if (patch === null) return [rowOf(width, [run('   Comparing…', dim)])];
  const top = topLine(pane, height);
  const lines = patch.lines.slice(Math.max(0, top - patch.from), top - patch.from + height);
  if (lines.length === 0) return [rowOf(width, [run('   Reading…', dim)])];
  const digits = Math.max(4, String(Math.max(...lines.map(({ number }) => number ?? 0))).length);
  const first = Math.max(top, patch.from);
  const marked = pane.at === 'lines' ? markedLine(pane) : -1;
  const { search, column } = pane;
  return lines.map((line, index) => {
    const at = first + index;
    const text = textRuns(line);
    const [found = text] =
      search === null
        ? []
        : rowsWithMatches([text], {
            matcher: search.matcher,
            ...(search.at === at ? { first: 'current match' as const } : {}),
          });
    const from = line.kind === 'note' ? 0 : column;
    const mark = at === marked ? run(glyphs.selected, { color: 'accent', bold: true }) : run(' ');
    const number = line.number === null ? '' : String(line.number);
    const gutter = [mark, run(padStart(number, digits), dim), run(' '), signOf(line)];
    return rowOf(width, [...gutter, run(' '), ...sliceRow(found, from, from + width)]);
  });
}

const styles: Readonly<Record<PatchLine['kind'], Style>> = {
  hunk: { color: 'accent' },
  added: { color: 'done' },
  removed: { color: 'failed' },
  same: plain,
  note: { dim: true, italic: true },
};

function signOf({ kind }: PatchLine): StyleRun {
  const sign = kind === 'added' ? '+' : kind === 'removed' ? '-' : ' ';
  return run(sign, styles[kind]);
}

function textRuns({ kind, text }: PatchLine): Row {
  return [run(withoutTabs(text), styles[kind])];
}

const tabStop = 4;

function withoutTabs(text: string): string {
  if (!text.includes('\t')) return text;
  let line = '';
  for (const part of text.split(/(\t)/)) {
    line += part === '\t' ? ' '.repeat(tabStop - (line.length % tabStop)) : part;
  }
  return line;
}
