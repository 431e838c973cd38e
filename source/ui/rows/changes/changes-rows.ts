// The page "What it changed": the files with their counts, and the lines of the selected one.
//
//   ─ What it changed · shop · session 4 ──────────────────────────────────── 3 files · +120 −8 ──
//    ▸ src/todo.ts            +12  −3  │─ src/todo.ts ────────────────────────────────────────────
//      src/new.ts             new +30  │      @@ -1,4 +1,6 @@ function todo() {
//      docs/old.md       deleted  −30  │   12 - const offset = 0;

import { wrapText } from '../../look/text-wrap.ts';
import { glyphs } from '../../look/glyphs.ts';
import { arrangementOf, type Part } from '../../view/changes/arrangement.ts';
import { selectedFile, type ChangesPane } from '../../view/changes/view.ts';
import { hairline } from '../hairline.ts';
import { blankRow, dim, filled, rowOf, run, type Row } from '../row.ts';
import { fileRows } from './file-rows.ts';
import { fileHeading, lineRows } from './line-rows.ts';
import { changesTitle, totalsMark } from './changes-title.ts';

/** As many as the pane is high. */
export function changesRows(pane: ChangesPane): Row[] {
  const { width, height } = pane;
  const title = hairline({ width, title: changesTitle(pane), mark: totalsMark(pane) });
  const sentence = insteadOfFiles(pane);
  if (sentence !== null) {
    const lines = wrapText(sentence, Math.max(1, width - 4)).map((text): Row => [
      ...[run('  '), run(text)],
    ]);
    return filled([title, blankRow(width), ...lines.map((row) => rowOf(width, row))], pane);
  }
  return filled([title, ...partRows(pane)], { width, height });
}

function partRows(pane: ChangesPane): Row[] {
  const { kind, files, lines } = arrangementOf(pane);
  const left = files === null ? [] : filled(fileRows(pane, files), files);
  const right = lines === null ? [] : blockRows(pane, lines);
  if (kind !== 'beside') return [...left, ...right];
  return left.map((row, y) => [...row, run('│', dim), ...(right[y] ?? [])]);
}

function blockRows(pane: ChangesPane, part: Part): Row[] {
  const heading = hairline({ width: part.width, ...fileHeading(pane) });
  return [heading, ...filled(lineRows(pane, part), part)];
}

/** Null: there are files. */
function insteadOfFiles(pane: ChangesPane): string | null {
  const { snapshot, range } = pane;
  if (snapshot?.problem != null) return `${glyphs.warning} ${snapshot.problem}`;
  if (snapshot?.files == null) return 'Comparing the files…';
  if (snapshot.files.length > 0 && selectedFile(pane) !== null) return null;
  if (range.kind === 'since') return 'Nothing changed since you last looked';
  return range.kind === 'session'
    ? `Session ${range.session} changed no file`
    : 'No file was changed';
}
