// The lines of one file's patch, from the lines that git prints: what was foreign in them is cleaned, each has its kind
// and the number of its line in the file.

import { clean } from '../text/clean.ts';
import type { PatchLine } from './changes.ts';

/** A file of one line may be as large as the disk: so much of it is shown. */
const longestLine = 4000;

/** Call with one line after the other, without their ends; null for what only git needs. */
export function createPatchReader(): (line: string) => PatchLine | null {
  let isHeader = true;
  let [before, after] = [0, 0];
  return (line) => {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (hunk !== null) {
      isHeader = false;
      [before, after] = [Number(hunk[1]), Number(hunk[2])];
      return { kind: 'hunk', text: shownLine(line), number: null };
    }
    if (isHeader) return line.startsWith('Binary files ') ? binaryNote : null;
    const text = shownLine(line.slice(1));
    switch (line.charAt(0)) {
      case '+':
        return { kind: 'added', text, number: after++ };
      case '-':
        return { kind: 'removed', text, number: before++ };
      case '\\':
        return { kind: 'note', text: text.trim(), number: null };
      default:
        before++;
        return { kind: 'same', text, number: after++ };
    }
  };
}

/** The same for the lines of a file that is new, or gone. */
export function createFileReader(kind: 'added' | 'removed'): (line: string) => PatchLine {
  let number = 1;
  return (line) => ({ kind, text: shownLine(line), number: number++ });
}

export const binaryNote: PatchLine = {
  kind: 'note',
  text: 'A binary file: there are no lines to show',
  number: null,
};

export const noLineEnd: PatchLine = {
  kind: 'note',
  text: 'No newline at end of file',
  number: null,
};

function shownLine(line: string): string {
  // A lone carriage return would go back to the start of the line.
  return clean(line.replace(/\r$/, ''), { maxLength: longestLine }).replaceAll('\n', ' ');
}
