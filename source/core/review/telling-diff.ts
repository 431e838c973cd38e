// What a task changed, cut to what a Reviewer can read: the files by name, then their patches. Tests and what the checks
// run come first, because a lie about the work is told there; each file has a share, so that one cannot hide the others.

type PatchedFile = {
  /** Safe to print. */
  readonly label: string;
  readonly kind: 'new' | 'deleted' | 'renamed' | 'changed';
};

export type FilePatch = PatchedFile & {
  /** As much of it as was read, without its name. */
  readonly lines: readonly string[];
  /** There is more of it. */
  readonly isCut: boolean;
};

/** Characters. */
export const longestDiff = 100_000;
const longestNames = 20_000;
/** A file that would get less than this is only named. */
const leastShare = 200;
/** So many files have a patch: each takes a process to read. */
export const mostPatches = 100;

const isTest = /(?:^|[/._-])(?:tests?|specs?|__tests__|__snapshots__|e2e|fixtures?)(?=[/._-]|$)/iu;
const isCheck =
  /(?:^|\/)(?:package\.json|Makefile|justfile|tsconfig[^/]*\.json|pyproject\.toml|tox\.ini|\.github\/.*|[^/]*(?:eslint|vitest|jest|pytest)[^/]*)$/iu;
const isDull =
  /(?:^|\/)(?:dist|build|vendor|node_modules|coverage)\/|(?:[-.]lock(?:b|\.json|\.yaml)?|\.sum|\.min\.\w+|\.map|\.svg|\.snap|\.csv)$/iu;

/** What is shown first has the lowest rank. */
function rankOf({ label }: PatchedFile): 0 | 1 | 2 {
  if (isDull.test(label)) return 2;
  return isTest.test(label) || isCheck.test(label) ? 0 : 1;
}

export function byTelling<File extends PatchedFile>(files: readonly File[]): File[] {
  return files
    .map((file) => ({ file, rank: rankOf(file) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ file }) => file);
}

/** `all`: what changed; `patches`: what was read of it. `isListCut`: more files changed than are in `all`. */
export function tellingDiff(
  all: readonly PatchedFile[],
  patches: readonly FilePatch[],
  { isListCut }: { isListCut: boolean },
): string {
  const names = namesOf(byTelling(all), isListCut);
  const texts = byTelling(patches).map((patch) => ({ ...patch, text: patch.lines.join('\n') }));
  const heads = texts.reduce((sum, { label }) => sum + label.length + headRoom, 0);
  const room = longestDiff - names.length - heads - headRoom;
  const level = fairShare(
    texts.map((one) => ({ length: one.text.length, weight: weightOf(one) })),
    room,
  );
  const parts = texts.flatMap((one) => {
    const share = Math.floor(level * weightOf(one));
    if (one.text.length > share && share < leastShare) return [];
    const { text, isCut } = wholeLines(one.text, share);
    const more = isCut || one.isCut ? '\n[… the rest of this file is left out]' : '';
    return [`--- ${one.kind}: ${one.label}\n${text}${more}`];
  });
  return [names, ...parts].join('\n\n');
}

/** For what stands around a patch, besides its label. */
const headRoom = 100;

function weightOf(file: PatchedFile): number {
  return 3 - rankOf(file);
}

/** The largest level at which no text is longer than its weight times the level, unless all fit. */
function fairShare(texts: readonly { length: number; weight: number }[], room: number): number {
  const needs = texts
    .map(({ length, weight }) => ({ length, weight, level: length / weight }))
    .sort((a, b) => a.level - b.level);
  let left = Math.max(0, room);
  let weights = needs.reduce((sum, { weight }) => sum + weight, 0);
  for (const { length, weight, level } of needs) {
    if (level * weights > left) return left / weights;
    left -= length;
    weights -= weight;
  }
  return Infinity;
}

function wholeLines(text: string, length: number): { text: string; isCut: boolean } {
  if (text.length <= length) return { text, isCut: false };
  const end = text.lastIndexOf('\n', length);
  // A line that is longer than the share is cut itself.
  return { text: text.slice(0, end <= 0 ? length : end), isCut: true };
}

function namesOf(files: readonly PatchedFile[], isListCut: boolean): string {
  const lines = [`Files that changed: ${files.length}${isListCut ? ' or more' : ''}`];
  let length = lines.join('\n').length;
  for (const [at, { kind, label }] of files.entries()) {
    const line = `${kind}: ${label}`;
    length += line.length + 1;
    if (length > longestNames) {
      lines.push(`[… ${files.length - at} more]`);
      break;
    }
    lines.push(line);
  }
  return lines.join('\n');
}
