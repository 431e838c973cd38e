// Guidance: what the user tells a task while it works, waits or is paused. Each piece is a file of its own in the state
// directory (`guidance/`), and the file's name says where the piece is, so that each change is one rename:
//
//   <id>.waiting      for the next prompt      <id>.in-<uuid>   in the prompt of that session, whose turn has not begun
//   <id>.told         that turn has begun

import { readChecklist } from '../checklist/checklist.ts';
import { countField, numberField, objectField, textField, type JsonObject } from '../json/json.ts';
import { readDirectoryIdentity } from '../run/record-reader.ts';
import { isSameDirectory, type DirectoryIdentity } from '../run/record.ts';
import { clean } from '../text/clean.ts';

/** What of a task the user can edit. */
export type EditedText = 'list' | 'description' | 'notes';

const editedTexts: readonly string[] = ['list', 'description', 'notes'] satisfies EditedText[];

export type GuidancePiece = {
  /** Sorts as the pieces were said. */
  readonly id: string;
  /** When it was said, epoch ms. */
  readonly at: number;
  readonly text: string;
  /** `now`: the session that runs is interrupted for it. */
  readonly when: 'next' | 'now';
  /** It only says that the user changed the list, the description or the notes. Absent for what the user wrote. */
  readonly about?: EditedText;
  /** Null while it waits. */
  readonly told: { readonly session: number; readonly at: number } | null;
};

/** Where a piece is, as the name of its file says. */
export type PieceFile = {
  readonly id: string;
  /** `in`: in the prompt of the session with this uuid. */
  readonly place: { kind: 'waiting' } | { kind: 'in'; session: string } | { kind: 'told' };
};

/** In characters. Longer texts belong in a file that the task is told to read. */
export const longestGuidance = 100_000;
/** All that one prompt takes, quoted: what does not fit waits for the session after it. */
export const mostGuidanceInPrompt = 400_000;

/** A sentence that says why a text cannot be told; null if it can. */
export function whyNotTold(text: string): string | null {
  if (text.length > longestGuidance) {
    return `The text has ${text.length} characters, and at most ${longestGuidance} can be told: put it into a file and tell the task to read that`;
  }
  return cleaned(text) === '' ? 'There is no text to tell' : null;
}

/** The text as it is kept: without escapes and control characters. */
export function cleaned(text: string): string {
  return clean(text, { maxLength: longestGuidance })
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+/, '')
    .trimEnd();
}

/** One behind the last even if the clock was set back. */
export function nextId(known: readonly string[], now: number, random: string): string {
  const last = known.reduce((most, id) => Math.max(most, Number.parseInt(id, 10) || 0), 0);
  return `${String(Math.max(now, last + 1)).padStart(14, '0')}-${random}`;
}

const idPattern = /^\d{14}-[0-9a-f]{8}$/u;

export function isPieceId(value: unknown): value is string {
  return typeof value === 'string' && idPattern.test(value);
}

const namePattern =
  /^(?<id>\d{14}-[0-9a-f]{8})\.(?:(?<kind>waiting|told)|in-(?<session>[0-9A-Za-z-]{1,64}))$/u;

/** Null for any other file. */
export function readPieceName(name: string): PieceFile | null {
  const { id, kind, session } = namePattern.exec(name)?.groups ?? {};
  if (id === undefined) return null;
  if (session !== undefined) return { id, place: { kind: 'in', session } };
  return { id, place: { kind: kind === 'told' ? 'told' : 'waiting' } };
}

export function pieceName({ id, place }: PieceFile): string {
  return `${id}.${place.kind === 'in' ? `in-${place.session}` : place.kind}`;
}

/** One file for each piece, sorted: a runner that died between two steps may have left a told piece its old file, too. */
export function placesOf(names: readonly string[]): PieceFile[] {
  const places = new Map<string, PieceFile>();
  for (const name of names.toSorted()) {
    const file = readPieceName(name);
    if (file !== null && places.get(file.id)?.place.kind !== 'told') places.set(file.id, file);
  }
  return [...places.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

export function pieceJson(piece: GuidancePiece, directory: DirectoryIdentity): object {
  return { version: 1, directory, ...piece };
}

/** Null for a piece of a task that was deleted since, and for anything that is not one. */
export function readPiece(
  json: JsonObject | null,
  { id, place }: PieceFile,
  directory: DirectoryIdentity | null,
): GuidancePiece | null {
  if (json === null || directory === null || json['version'] !== 1) return null;
  const kept = readDirectoryIdentity(objectField(json, 'directory') ?? {});
  const text = textField(json, 'text');
  if (text === null || !isSameDirectory(kept, directory)) return null;
  const told = place.kind === 'told' ? (objectField(json, 'told') ?? {}) : null;
  return {
    id,
    at: numberField(json, 'at') ?? 0,
    text,
    when: textField(json, 'when') === 'now' ? 'now' : 'next',
    ...aboutIn(json),
    told: told && { session: countField(told, 'session') ?? 0, at: numberField(told, 'at') ?? 0 },
  };
}

export function aboutIn(json: JsonObject): Pick<GuidancePiece, 'about'> {
  const about = textField(json, 'about');
  return about !== null && editedTexts.includes(about) ? { about: about as EditedText } : {};
}

/** Those that the next prompt takes, in their order: at least one, if there is any. */
export function fittingPieces<Piece extends Pick<GuidancePiece, 'text'>>(
  pieces: readonly Piece[],
): readonly Piece[] {
  let length = 0;
  const tooMany = pieces.findIndex(({ text }, index) => {
    length += quoted(text).length + 6;
    return index > 0 && length > mostGuidanceInPrompt;
  });
  return tooMany === -1 ? pieces : pieces.slice(0, tooMany);
}

/** What a prompt says of them, without an empty line; empty if there are none. No line of theirs can pass for one of the prompt's own. */
export function guidanceSection(texts: readonly string[]): string {
  if (texts.length === 0) return '';
  const which = texts.length === 1 ? 'this' : `these ${texts.length} things, oldest first`;
  return [
    `The user has told this task ${which}. Each line of it begins with "> ". It comes before the list and the rules ` +
      `below: do it first, or as it says, and where it asks for other steps, change task_list.md accordingly. ` +
      `Note in progress.md what became of it.`,
    texts.map(quoted).join('\nAnd:\n'),
  ].join('\n');
}

function quoted(text: string): string {
  return cleaned(text)
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}

/** The words of the step that a text becomes for a task whose steps are all done. */
export function stepText(text: string): string {
  const line = cleaned(text).replace(/\s+/g, ' ').trim();
  return line.length <= longestStep ? line : `${line.slice(0, longestStep - 2).trimEnd()} …`;
}

const longestStep = 400;

/** The list with a step for each text at its end; null if none can be read there, as behind an unclosed code fence. */
export function listWithSteps(list: string, texts: readonly string[]): string | null {
  const end = list === '' || list.endsWith('\n') ? '' : '\n';
  const steps = texts.map((text) => `- [ ] ${stepText(text)}\n`).join('');
  const total = readChecklist(list).steps.length + texts.length;
  return (
    ['', '\n', '\n```\n\n', '\n~~~\n\n', '\n-->\n\n']
      .map((between) => `${list}${end}${between}${steps}`)
      .find((text) => {
        const { steps: read } = readChecklist(text);
        return read.length === total && read.slice(-texts.length).every(({ done }) => !done);
      }) ?? null
  );
}
