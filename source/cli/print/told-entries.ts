// Tells what happens in a session as it happens: the entries of its log, folded as everywhere. An entry is told when
// it begins and when it ends; `--log` prints the same words, and between the two what it printed.
//
//   $ npm test
//     ✗ exit 1

import { createEntries } from '../../core/log/entries.ts';
import type { Entry } from '../../core/log/entry.ts';
import { entryWords } from '../../core/log/entry-text.ts';
import { shownEnd, shownHead } from '../../core/log/entry-words.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import type { RunListener } from '../../engine/run/runner-deps.ts';

export type ToldEntry = {
  entry: Entry;
  part: 'head' | 'end';
  /** One line of plain words. */
  text: string;
  /** The same with the signs that people get; that of an end is indented. */
  shown: string;
};

type TellOptions = {
  /** Paths of file changes become relative to it. */
  projectPath: string;
  /** Characters kept of each long text. */
  maxOutput: number;
};

/** Entries that may still change, as in the stream of a log: an item can run while others come. */
const mayChange = { limit: 100, maxSize: 8 * 1024 * 1024 };
const longestLine = 300;

export function tellEntries(
  tell: (told: ToldEntry) => void,
  options: TellOptions,
): RunListener['logged'] {
  const entries = createEntries({ ...mayChange, ...options, changed });
  return (event, where) => entries.push(event, where);

  function changed(entry: Entry, before: Entry | undefined): void {
    if (!isTold(entry)) return;
    const words = entryWords(entry);
    const { head, end = '' } = words;
    const known = before === undefined ? null : entryWords(before);
    if (head !== known?.head) tell({ entry, part: 'head', ...lines(head, shownHead(words)) });
    if (end !== '' && end !== known?.end) {
      tell({ entry, part: 'end', ...lines(end, `  ${shownEnd(words)}`) });
    }
  }
}

function lines(text: string, shown: string): Pick<ToldEntry, 'text' | 'shown'> {
  const [indent = ''] = /^ */u.exec(shown) ?? [];
  return { text: safeLine(text, longestLine), shown: indent + safeLine(shown, longestLine) };
}

/** A run announces its sessions itself, and the sentence of a failure has what matters of stderr. */
function isTold({ body }: Entry): boolean {
  return body.kind !== 'session' && body.kind !== 'stderr' && body.kind !== 'noise';
}
