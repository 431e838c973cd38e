// The title of the page, which names the range, and its totals.

import { totalsOf, type ChangesRange } from '../../../core/changes/changes.ts';
import { isOfTask } from '../../../core/changes/own-files.ts';
import { moment } from '../../../core/text/numbers.ts';
import { glyphs } from '../../look/glyphs.ts';
import type { ChangesPane } from '../../view/changes/view.ts';
import { dim, run, runsWidth, type StyleRun } from '../row.ts';

const accent = { color: 'accent', bold: true } as const;

/** The range is named wherever anything fits. */
export function changesTitle(pane: ChangesPane): StyleRun[] {
  const between = run(` ${glyphs.between} `, dim);
  const page = run('What it changed', accent);
  const range = rangeWords(pane.range, pane);
  const named = [page, between, run(range), between, run(pane.label, dim)];
  const forms = [named, [page, between, run(range)], [run(range, accent)]];
  const room = pane.width - 12 - runsWidth(totalsMark(pane));
  return forms.find((runs) => runsWidth(runs) <= room) ?? [run(range, accent)];
}

export function rangeWords(
  range: ChangesRange,
  { lookedAt, running, now }: Pick<ChangesPane, 'lookedAt' | 'running' | 'now'>,
): string {
  switch (range.kind) {
    case 'task':
      return 'the whole task';
    case 'since':
      return lookedAt === null
        ? 'since you last looked'
        : `since you last looked, at ${moment(lookedAt, now)}`;
    case 'session':
      return running === range.session
        ? `session ${range.session} so far`
        : `session ${range.session}`;
    default:
      return range satisfies never;
  }
}

const leastForTotals = 60;

/** Of the work: the task's own list and notes are listed, and not counted, as in the report. */
export function totalsMark({ snapshot, width }: ChangesPane): StyleRun[] {
  const files = snapshot?.files ?? null;
  if (snapshot === null || files === null || files.length === 0) return [];
  if (width < leastForTotals) return [];
  const own = files.filter(({ path }) => !isOfTask(path));
  if (own.length === 0) return [run('only its list and notes', dim)];
  const counts = new Map(
    own.flatMap(({ path }) => {
      const count = snapshot.counts.get(path);
      return count === undefined ? [] : [[path, count] as const];
    }),
  );
  const isCounted = counts.size === own.length;
  const { added, removed } = totalsOf(counts);
  const more = snapshot.isCut ? 'more than ' : '';
  return [
    ...(snapshot.sharedWith === null
      ? []
      : [
          run(`${glyphs.warning} shared with ${snapshot.sharedWith}  `, {
            color: 'waiting',
          } as const),
        ]),
    run(`${more}${own.length} ${own.length === 1 ? 'file' : 'files'} `, dim),
    run(` +${added}`, { color: 'done' }),
    run(` ${glyphs.deleted}${removed}`, { color: 'failed' }),
    ...(isCounted ? [] : [run(' counting…', dim)]),
  ];
}
