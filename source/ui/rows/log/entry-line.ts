// What the entries of the log are made of: lines that are not yet rows, and the few parts that they share.

import type { ItemStatus } from '../../../core/codex/log-event.ts';
import { glyphs, spinnerFrame } from '../../look/glyphs.ts';
import { duration, elapsed } from '../../../core/text/numbers.ts';
import { mapped, type List } from '../lazy-list.ts';
import { wrapped } from '../long-text.ts';
import { dim, run, type Style, type StyleRun } from '../row.ts';
import { wrapRuns } from '../wrapped-runs.ts';

export type EntryLine = {
  readonly left: readonly StyleRun[];
  /** At the right edge; `left` gives way to it. */
  readonly right?: readonly StyleRun[];
};

export type EntryContext = {
  /** Cells that a line has. */
  readonly width: number;
  /** Opened: nothing of it is folded. */
  readonly isOpened: boolean;
  /** False when no session is under way: then nothing unfinished moves. */
  readonly isLive: boolean;
  readonly now: number;
  readonly tick: number;
  /** Lines are not wrapped, and begin at this cell. */
  readonly column?: number;
};

export type Work = {
  readonly status: ItemStatus;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** What is said instead of "failed": `exit 3`. */
  readonly failure?: string | null;
};

/** Wrapped, all in one style. */
export function textLines(text: string, style: Style, width: number): EntryLine[] {
  return wrapRuns([run(text.replaceAll('\t', '    '), style)], width).map((left) => ({ left }));
}

/** The same of a text that may be of any length. */
export function longLines(text: string, style: Style, width: number): List<EntryLine> {
  const whole = text.replaceAll('\t', '    ');
  return mapped(wrapped(whole, width), ({ start, end }) => ({
    left: [run(whole.slice(start, end), style)],
  }));
}

/** How a piece of work stands, numbers under each other: `✓  4.1 s`, `✗ exit 3`, `⠙   12 s` */
export function workRuns(work: Work, context: EntryContext): StyleRun[] {
  const { status, startedAt, endedAt } = work;
  switch (status) {
    case 'in progress':
      if (!context.isLive) return [run('not finished', dim)];
      return [
        run(spinnerFrame(context.tick), { color: 'running', turns: true }),
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
