// Finds a line in a patch: it is read through once, so that nothing of it needs to be kept.

import type { FoundLine, SeekLine } from '../../core/changes/changes.ts';
import type { OpenPatch } from '../../system/changes/open-patch.ts';

/** Null if the patch was closed, or git failed, before it was found. */
export async function seekLine(patch: OpenPatch, seek: SeekLine): Promise<FoundLine | null> {
  const { from, by, isIn } = seek;
  let at = 0;
  let first: number | null = null;
  let before: number | null = null;
  let last: number | null = null;
  try {
    for (;;) {
      const lines = await patch.read();
      if (lines === null) break;
      for (const { text } of lines) {
        const line = at++;
        if (!isIn(text)) continue;
        first ??= line;
        last = line;
        if (line < from) before = line;
        if (by === 0 ? line >= from : by === 1 && line > from) {
          return { seek, line, wrapped: false };
        }
        if (by === -1 && line >= from && before !== null) {
          return { seek, line: before, wrapped: false };
        }
      }
    }
  } catch {
    return null;
  } finally {
    patch.close();
  }
  if (by === -1) return { seek, line: before ?? last, wrapped: before === null && last !== null };
  return { seek, line: first, wrapped: first !== null };
}
