// The changed files: what became of each, and how many lines. The selected one is in the middle if there are files around
// it.
//
//    ▸ src/todo.ts                +12   −3
//      src/new.ts                new  +30
//      src/b.ts from src/a.ts       +1  −1
//      logo.png          binary 12 kB

import { changeKindOf } from '../../../core/changes/file-notes.ts';
import type { ChangedFile, FileCounts } from '../../../core/changes/changes.ts';
import { bytesText } from '../../../core/text/numbers.ts';
import { glyphs } from '../../look/glyphs.ts';
import { cutFront, textWidth } from '../../look/text-width.ts';
import type { Part } from '../../view/changes/arrangement.ts';
import { selectedIndex, type ChangesPane } from '../../view/changes/view.ts';
import { changedFileLink } from '../file-place.ts';
import {
  bold,
  dim,
  justified,
  plain,
  rowOf,
  run,
  runsWidth,
  type Row,
  type Style,
  type StyleRun,
} from '../row.ts';

export function fileRows(pane: ChangesPane, { width, height }: Part): Row[] {
  const { snapshot } = pane;
  const files = snapshot?.files ?? [];
  const selected = selectedIndex(pane);
  const top = Math.max(0, Math.min(files.length - height, selected - Math.floor(height / 2)));
  return files.slice(top, top + height).map((file, index) => {
    const isSelected = top + index === selected;
    const lead = isSelected ? run(` ${glyphs.selected} `, markStyle(pane)) : run('   ');
    const right = countRuns(file, snapshot?.counts.get(file.path) ?? null);
    const room = Math.max(1, width - 4 - (right.length === 0 ? 0 : runsWidth(right) + 2));
    const left = nameRuns(file, room, nameStyle(file, pane, isSelected));
    return rowOf(width, [lead, ...justified(Math.max(1, width - 4), left, right)]);
  });
}

function markStyle({ at }: ChangesPane) {
  return at === 'files' ? ({ color: 'accent', bold: true } as const) : dim;
}

/** A file that is gone is no link. */
function nameStyle(
  { label, meanwhile, after }: ChangedFile,
  pane: ChangesPane,
  isSelected: boolean,
) {
  const style = meanwhile !== null ? dim : isSelected ? bold : plain;
  return after === null ? style : { ...style, link: changedFileLink(label, pane.places ?? {}) };
}

function nameRuns(file: ChangedFile, room: number, style: Style): StyleRun[] {
  const { label, renamedFrom } = file;
  if (renamedFrom === null) return [run(cutFront(label, room), style)];
  const from = ` from ${renamedFrom}`;
  const rest = room - textWidth(label);
  if (rest >= textWidth(from)) return [run(label, style), run(from, dim)];
  const half = Math.max(1, Math.floor((room - 6) / 2));
  return [run(cutFront(label, half), style), run(` from ${cutFront(renamedFrom, half)}`, dim)];
}

export function countRuns(file: ChangedFile, counts: FileCounts | null): StyleRun[] {
  const kind = changeKindOf(file);
  const words = [
    ...(file.meanwhile === null ? [] : [`maybe ${file.meanwhile}`]),
    ...(kind === 'changed' ? [] : [kind]),
    ...(counts === null || counts.kind === 'lines' ? [] : [sizeWords(counts)]),
  ];
  const said = words.length === 0 ? [] : [run(words.join(' '), dim)];
  if (counts?.kind !== 'lines') return said;
  const { added, removed } = counts;
  const lines = [
    ...(added > 0 || removed === 0 ? [run(`+${added}`, { color: 'done' } as const)] : []),
    ...(removed > 0 ? [run(`${glyphs.deleted}${removed}`, { color: 'failed' } as const)] : []),
  ];
  return [...said, ...lines].flatMap((one, index) => (index === 0 ? [one] : [run(' '), one]));
}

/** `binary 12 kB`, `binary 12 to 14 kB` would need one unit: the size as it is now. */
function sizeWords({
  kind,
  before,
  after,
}: Extract<FileCounts, { before: number | null }>): string {
  return `${kind} ${bytesText(after ?? before ?? 0)}`;
}
