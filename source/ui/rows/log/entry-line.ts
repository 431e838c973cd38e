// The lines of log entries, before they become rows, and the parts that several kinds of entry share.

import type { ItemStatus } from '../../../core/codex/log-event.ts';
import { glyphs, spinnerFrame } from '../../look/glyphs.ts';
import { duration, elapsed } from '../../../core/text/numbers.ts';
import type { FilePlaces } from '../file-place.ts';
import { mapped, type List } from '../lazy-list.ts';
import { wrapped } from '../long-text.ts';
import { dim, run, type Style, type StyleRun } from '../row.ts';
import { wrapRuns } from '../wrapped-runs.ts';

export type EntryLine = {
  readonly left: readonly StyleRun[];
  /** At the right edge; `left` is cut to make room for it. */
  readonly right?: readonly StyleRun[];
};

export type EntryContext = {
  /** The cells of a line. */
  readonly width: number;
  /** True: nothing is folded. */
  readonly isOpened: boolean;
  /** False if no session is under way: then unfinished work has no spinner. */
  readonly isLive: boolean;
  readonly now: number;
  readonly animationFrame: number;
  /** Set: lines are not wrapped, and begin at this cell. */
  readonly column?: number;
} & FilePlaces;

type Work = {
  readonly status: ItemStatus;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** Replaces the word "failed": `exit 3`. */
  readonly failure?: string | null;
};

/** A text as wrapped lines in one style. */
export function textLines(text: string, style: Style, width: number): EntryLine[] {
  return wrapRuns([run(text.replaceAll('\t', '    '), style)], width).map((left) => ({ left }));
}

/** The same for a text of any length. */
export function longLines(text: string, style: Style, width: number): List<EntryLine> {
  const whole = text.replaceAll('\t', '    ');
  return mapped(wrapped(whole, width), ({ start, end }) => ({
    left: [run(whole.slice(start, end), style)],
  }));
}

/** The state of a piece of work, with aligned numbers: `✓  4.1 s`, `✗ exit 3`, `⠙   12 s` */
export function workRuns(work: Work, context: EntryContext): StyleRun[] {
  const { status, startedAt, endedAt } = work;
  switch (status) {
    case 'in progress':
      if (!context.isLive) return [run('not finished', dim)];
      return [
        run(spinnerFrame(context.animationFrame), { color: 'running', turns: true }),
        run(startedAt === null ? '' : ` ${elapsed(context.now - startedAt).padStart(6)}`, dim),
      ];
    case 'completed': {
      const isTimed = startedAt !== null && endedAt !== null;
      return [
        run(glyphs.done, { color: 'done' }),
        run(isTimed ? ` ${duration(endedAt - startedAt).padStart(6)}` : '', dim),
      ];
    }
    case 'failed':
      return [run(`${glyphs.failed} ${work.failure ?? 'failed'}`, { color: 'failed' })];
    case 'declined':
      return [run(`${glyphs.failed} declined`, { color: 'failed' })];
    default:
      return status satisfies never;
  }
}
