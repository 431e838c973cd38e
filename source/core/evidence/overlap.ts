// Which sessions worked in the same files as another task's, and what their own logs say that they changed: what is not
// named there may be the other task's work. One line for each in `overlaps.jsonl` of the state directory:
//
//   {"directory":{…},"session":4,"from":1769684647000,"to":…,"others":["docs"],"files":["src/todo.ts"]}

import { countField, isObject, listField, objectField, parsedObject } from '../json/json.ts';
import { readDirectoryIdentity } from '../run/record-reader.ts';
import { isSameDirectory, type DirectoryIdentity } from '../run/record.ts';
import { safeLine } from '../text/safe-text.ts';

export type Overlap = {
  readonly session: number;
  /** When it began and ended, epoch ms. */
  readonly from: number;
  readonly to: number;
  /** The tasks whose sessions worked at the same time. */
  readonly others: readonly string[];
  /** The files that Codex reported as changed, from the project or absolute. Not safe to print. */
  readonly files: readonly string[];
};

export function overlapLine(overlap: Overlap, directory: DirectoryIdentity): string {
  return `${JSON.stringify({ directory, ...overlap })}\n`;
}

/** By session; the last line of each counts. Lines of a deleted task of that name, and torn ones, are left out. */
export function readOverlaps(
  text: string,
  directory: DirectoryIdentity | null,
): ReadonlyMap<number, Overlap> {
  return new Map(
    directory === null
      ? []
      : overlapsIn(text)
          .filter((line) => isSameDirectory(line.directory, directory))
          .map(({ overlap }) => [overlap.session, overlap]),
  );
}

/** The files that any task of that name changed while `overlap` lasted, as its log names them. */
export function filesNamedMeanwhile(text: string, { from, to }: Overlap): string[] {
  return overlapsIn(text).flatMap(({ overlap }) =>
    overlap.from <= to && overlap.to >= from ? overlap.files : [],
  );
}

function overlapsIn(text: string): { directory: DirectoryIdentity; overlap: Overlap }[] {
  const found: { directory: DirectoryIdentity; overlap: Overlap }[] = [];
  for (const line of text.split('\n')) {
    const json = parsedObject(line);
    const kept = json && objectField(json, 'directory');
    if (json === null || !isObject(kept)) continue;
    const [session, from, to] = [
      countField(json, 'session'),
      countField(json, 'from'),
      countField(json, 'to'),
    ];
    if (session === null || from === null || to === null) continue;
    const [others, files] = [listField(json, 'others'), listField(json, 'files')].map(textsIn);
    const overlap = { session, from, to, others: others ?? [], files: files ?? [] };
    found.push({ directory: readDirectoryIdentity(kept), overlap });
  }
  return found;
}

/** `docs`, `docs or shop`, `docs or others`: who may have changed what is not the session's own. */
export function othersWords(others: readonly string[]): string {
  const [first = 'another task', second] = others.map((name) => safeLine(name, 64));
  if (second === undefined) return first;
  return `${first} or ${others.length === 2 ? second : 'others'}`;
}

function textsIn(values: readonly unknown[]): string[] {
  return values.filter((value) => typeof value === 'string');
}
