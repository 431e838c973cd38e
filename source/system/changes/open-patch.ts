// The lines of one file's patch, read from git as far as they are wanted. A file that is new or gone is read as it is: to
// compare a hundred megabytes with nothing would take git seconds. Nothing of the project counts: see git/command.ts.

import {
  binaryNote,
  createFileReader,
  createPatchReader,
  noLineEnd,
} from '../../core/changes/patch-reader.ts';
import { fileNotes, isSubmodule } from '../../core/changes/file-notes.ts';
import type { ChangedFile, PatchLine } from '../../core/changes/changes.ts';
import { gitBytes } from '../git/bytes.ts';
import type { GitCall } from '../git/command.ts';
import { boundedLines } from './bounded-lines.ts';

export type OpenPatch = {
  /** The next lines, none of them twice; null at the end. Throws if git fails. */
  read(): Promise<readonly PatchLine[] | null>;
  /** Ends git at once. */
  close(): void;
};

/** Of a line more than is shown is not kept. */
const mostLineBytes = 16 * 1024;
/** So far git looks, too. */
const bytesLookedAt = 8000;

const safely = ['--no-ext-diff', '--no-textconv', '--no-color', '--unified=3'];

export function openPatch(call: GitCall, file: ChangedFile): OpenPatch {
  const { before, after } = file;
  const notes = fileNotes(file);
  if (before?.id === after?.id || isSubmodule(file)) return opened(joined(notes), () => {});
  if (before === null || after === null) {
    const id = (after ?? before)?.id ?? '';
    const bytes = gitBytes(call, ['cat-file', 'blob', id]);
    const lines = linesOfFile(bytes.pieces, before === null ? 'added' : 'removed');
    return opened(joined(notes, lines), bytes.close);
  }
  // By their ids: no path needs to be given, and no attribute counts.
  const words = ['--no-pager', 'diff', '--patch', ...safely, before.id, after.id, '--'];
  const bytes = gitBytes(call, words);
  return opened(joined(notes, linesOfPatch(bytes.pieces)), bytes.close);
}

function opened(batches: AsyncGenerator<PatchLine[]>, close: () => void): OpenPatch {
  let isClosed = false;
  return {
    read: async () => {
      while (!isClosed) {
        const next = await batches.next();
        if (next.done === true) return null;
        if (next.value.length > 0) return next.value;
      }
      return null;
    },
    close: () => {
      isClosed = true;
      close();
    },
  };
}

async function* joined(
  first: PatchLine[],
  others?: AsyncIterable<PatchLine[]>,
): AsyncGenerator<PatchLine[]> {
  yield await Promise.resolve(first);
  if (others !== undefined) yield* others;
}

async function* linesOfPatch(pieces: AsyncIterable<Buffer>): AsyncGenerator<PatchLine[]> {
  const lines = boundedLines(mostLineBytes);
  const read = createPatchReader();
  const readAll = (texts: string[]): PatchLine[] => texts.flatMap((text) => read(text) ?? []);
  for await (const bytes of pieces) yield readAll(lines.push(bytes));
  yield readAll(lines.rest());
}

async function* linesOfFile(
  pieces: AsyncIterable<Buffer>,
  kind: 'added' | 'removed',
): AsyncGenerator<PatchLine[]> {
  const lines = boundedLines(mostLineBytes);
  const read = createFileReader(kind);
  let looked = 0;
  for await (const bytes of pieces) {
    if (looked < bytesLookedAt) {
      if (bytes.subarray(0, bytesLookedAt - looked).includes(0)) {
        yield [binaryNote];
        return;
      }
      looked += bytes.length;
    }
    yield lines.push(bytes).map(read);
  }
  const rest = lines.rest().map(read);
  yield rest.length === 0 ? [] : [...rest, noLineEnd];
}
