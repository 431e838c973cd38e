// A progress bar in eighths of a cell:  ████████▌

import { eighths } from '../look/glyphs.ts';

/** Exactly `cells` wide. Any progress shows, and only a finished task fills the bar. */
export function progressBar(done: number, total: number, cells: number): string {
  if (cells <= 0) return '';
  const share = total <= 0 ? 0 : Math.min(1, Math.max(0, done / total));
  const all = cells * 8;
  const filled =
    share >= 1 ? all : share <= 0 ? 0 : Math.min(all - 1, Math.max(1, Math.floor(share * all)));
  const full = Math.floor(filled / 8);
  const part = filled % 8 === 0 ? '' : (eighths[filled % 8] ?? '');
  return ('█'.repeat(full) + part).padEnd(cells);
}
