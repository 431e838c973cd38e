// Where the files and the lines of one of them are on the page: beside each other, one above the other, or one at a time.

import type { ChangesPane } from './view.ts';

export type Part = { readonly width: number; readonly height: number };

type Arrangement = {
  readonly kind: 'beside' | 'above' | 'single';
  /** Null: hidden now. */
  readonly files: Part | null;
  /** Below the heading that names the file. */
  readonly lines: Part | null;
};

type Room = Pick<ChangesPane, 'width' | 'height' | 'at' | 'snapshot'>;

/** A file on each side needs so many cells. */
const besideFrom = 100;
const aboveFrom = 12;

export function arrangementOf({ width, height, at, snapshot }: Room): Arrangement {
  const room = Math.max(1, height - 1);
  if (width >= besideFrom) {
    const left = Math.max(34, Math.min(60, Math.round(width * 0.36)));
    const lines = { width: width - left - 1, height: room - 1 };
    return { kind: 'beside', files: { width: left, height: room }, lines };
  }
  if (room >= aboveFrom) {
    const count = Math.max(1, snapshot?.files?.length ?? 1);
    const above = Math.min(count, Math.floor(room * 0.35));
    return {
      kind: 'above',
      files: { width, height: above },
      lines: { width, height: room - above - 1 },
    };
  }
  const whole = { width, height: room };
  return at === 'files'
    ? { kind: 'single', files: whole, lines: null }
    : { kind: 'single', files: null, lines: { width, height: room - 1 } };
}
