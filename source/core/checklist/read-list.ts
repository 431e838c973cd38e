// The list is compared with itself again and again: before a session, after it, repaired. What was read last is kept, so
// that the same text is not read several times over.

import { readMarkdown } from './markdown/markdown-blocks.ts';

type ReadMarkdown = ReturnType<typeof readMarkdown>;

/** The list before a session, after it, repaired, and one more. */
const mostKept = 4;

/** The last one read is the last one. */
const kept = new Map<string, ReadMarkdown>();

/** As `readMarkdown`; callers must not change what they get. */
export function readList(markdown: string): ReadMarkdown {
  const known = kept.get(markdown);
  kept.delete(markdown);
  const read = known ?? readMarkdown(markdown);
  kept.set(markdown, read);
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  return read;
}
