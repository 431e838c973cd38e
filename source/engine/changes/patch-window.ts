// The lines of a patch around the one in view. A patch is read only as far as it is looked at, and of what was read only the
// last lines are kept; for earlier ones git begins again. So a patch of a hundred megabytes costs no more than a small one.

import type { PatchLine, PatchSnapshot } from '../../core/changes/changes.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import type { OpenPatch } from '../../system/changes/open-patch.ts';

type PatchWindowDeps = {
  path: string;
  open(): OpenPatch;
  /** `first`: the user waits for it. */
  onChange(news: 'first' | 'more'): void;
};

export type PatchWindow = {
  /** The same object until something changes; null before the first lines. */
  snapshot(): PatchSnapshot | null;
  /** The line in view, Infinity for the last one, and the rows around it that may be seen. */
  look(line: number, height: number): void;
  close(): void;
};

/** Characters of the lines that are kept, and of those that are read at first. */
const mostKept = 4_000_000;
const readAtOnce = 200_000;
/** What a line costs beside its characters. */
const perLine = 100;

export function openPatchWindow({ path, open, onChange }: PatchWindowDeps): PatchWindow {
  let patch = open();
  let lines: PatchLine[] = [];
  let from = 0;
  let kept = 0;
  let total: number | null = null;
  let problem: string | null = null;
  let seen: PatchSnapshot | null = null;
  let isFirst = true;
  let wanted = { first: 0, last: 0 };
  let isReading = false;
  let isClosed = false;

  function changed(): void {
    seen = null;
    onChange(isFirst ? 'first' : 'more');
    isFirst = false;
  }

  function isEnough(): boolean {
    if (isClosed || problem !== null) return true;
    if (wanted.first < from) return false;
    const isRead = total !== null && from + lines.length >= total;
    return isRead || (from + lines.length > wanted.last && (from > 0 || kept >= readAtOnce));
  }

  function beginAgain(): void {
    patch.close();
    patch = open();
    [lines, from, kept] = [[], 0, 0];
  }

  function keep(more: readonly PatchLine[]): void {
    // One by one: a push of all at once is limited by the stack.
    for (const line of more) {
      lines.push(line);
      kept += line.text.length + perLine;
    }
    let dropped = 0;
    // What may be seen stays, whatever it costs.
    while (kept > mostKept && from + dropped < wanted.first) {
      kept -= (lines[dropped]?.text.length ?? 0) + perLine;
      dropped++;
      if (dropped >= lines.length) break;
    }
    if (dropped === 0) return;
    lines = lines.slice(dropped);
    from += dropped;
  }

  async function read(): Promise<void> {
    isReading = true;
    try {
      while (!isEnough()) {
        if (wanted.first < from) beginAgain();
        const current = patch;
        const more = await current.read();
        if (isClosed || current !== patch) continue;
        if (more === null) total = from + lines.length;
        else keep(more);
        changed();
      }
    } catch (error) {
      if (isClosed) return;
      problem = errorMessage(error);
      changed();
    } finally {
      isReading = false;
    }
  }

  return {
    snapshot: () => {
      if (isFirst) return null;
      return (seen ??= { path, from, lines: [...lines], total, problem });
    },
    look: (line, height) => {
      const last = total === null ? line : Math.min(line, total - 1);
      wanted = { first: Math.max(0, last - 2 * height), last: last + 2 * height };
      if (!isReading) void read();
    },
    close: () => {
      isClosed = true;
      patch.close();
    },
  };
}
