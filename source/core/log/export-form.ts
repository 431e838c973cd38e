// The form of an export, which the end of its file's name decides, and its heading.
//
//   # build-rest-api-todo
//
//   Log from 2026-01-29 12:03:38 +01:00 to 2026-01-29 13:00:02 +01:00. Only failed commands.

import { zonedTime } from '../text/numbers.ts';
import type { EntryForm } from './entry-text.ts';
import type { LogFilter } from './filter.ts';

const forms: Readonly<Record<string, EntryForm>> = {
  md: 'markdown',
  markdown: 'markdown',
  jsonl: 'json',
  ndjson: 'json',
  txt: 'local text',
  text: 'local text',
  log: 'local text',
};

/** A name without an ending is a text; another kind of file is refused with a sentence. */
export function exportForm(path: string): EntryForm | { problem: string } {
  const ending = /[^/]\.([^./]*)$/u.exec(path)?.[1]?.toLowerCase();
  if (ending === undefined) return 'local text';
  const form = Object.hasOwn(forms, ending) ? forms[ending] : undefined;
  return form ?? { problem: `Use .md, .jsonl or .txt, not .${ending}` };
}

type Exported = {
  /** Safe to print. */
  task: string;
  filter: LogFilter;
  /** Epoch ms, as far as known. */
  from: number | null;
  to: number | null;
};

/** The heading of a Markdown export. */
export function exportHeading({ task, filter, from, to }: Exported): string {
  const times = [
    from === null ? '' : ` from ${zonedTime(from)}`,
    to === null ? '' : ` to ${zonedTime(to)}`,
  ];
  const parts = [
    `Log${times.join('')}.`,
    ...(filter.kind === null ? [] : [`Only ${filter.kind}.`]),
    ...(filter.session === null ? [] : ['Only one session.']),
  ];
  return `# ${task}\n\n${parts.join(' ')}\n\n`;
}
