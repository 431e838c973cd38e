// What an undo says: which files would change and how, what was done, and what to do about the files that stay.

import { safeLine } from '../text/safe-text.ts';
import type { SessionName } from './checkpoint-refs.ts';
import type { FileChange, MaybeOthers, UndoPlan } from './undo-plan.ts';

type Undo = {
  task: string;
  /** The project, and its repository's root. */
  project: string;
  root: string;
  /** The last first. */
  sessions: readonly SessionName[];
};

const mostNamed = 50;

export function wouldLines({ changes, left, meanwhile, ...undo }: Undo & UndoPlan): string[] {
  return [
    `Taking back ${sessionWords(undo.sessions)} of ${undo.task} changes ${filesIn(changes.length)}:`,
    ...capped(changes.map((change) => `  ${verbOf(change)} ${shown(change.path)}`)),
    ...leftLines(undo, { left, meanwhile }),
  ];
}

/** `name`: what the undo itself is kept as; null if nothing was done. */
export function undoneLines({
  name,
  changes,
  left,
  meanwhile,
  ...undo
}: Undo & {
  name: SessionName | null;
  changes: readonly FileChange[];
  left: readonly string[];
  meanwhile: readonly MaybeOthers[];
}): string[] {
  const { task, sessions } = undo;
  const others = leftLines(undo, { left, meanwhile });
  if (name === null) return ['Nothing was taken back', ...others];
  return [
    `Took back ${sessionWords(sessions)} of ${task} in ${filesIn(changes.length)}`,
    ...others,
    `To undo this: autonomous-tui --task-name ${task} --undo --session ${name}`,
  ];
}

function leftLines(
  { task, project, root, sessions }: Undo,
  { left, meanwhile }: Pick<UndoPlan, 'left' | 'meanwhile'>,
): string[] {
  const all = [...left, ...meanwhile.map(({ path }) => path)];
  if (all.length === 0) return [];
  const includes = all.filter(isPlain).map((path) => `--include=${quoted(shown(path))}`);
  return [
    ...(left.length === 0
      ? []
      : [
          `Changed by others since, or not to be written, so left as they are:`,
          ...capped(left.map((path) => `  ${shown(path)}`)),
        ]),
    ...(meanwhile.length === 0
      ? []
      : [
          `Changed while another task worked in the same files, and not named in the log of this one, so left as they are:`,
          ...capped(meanwhile.map(({ path, by }) => `  ${shown(path)} (maybe by ${by})`)),
        ]),
    'To take it back there, too:',
    ...sessions.map(
      (session) =>
        `  autonomous-tui --cd ${quoted(project)} --task-name ${task} --diff --session ${session} | git -C ${quoted(root)} apply -R ${includes.slice(0, mostNamed).join(' ')}`,
    ),
  ];
}

export function sessionWords(sessions: readonly SessionName[]): string {
  const first = sessions.at(-1);
  const [last] = sessions;
  return first === last ? `session ${first}` : `sessions ${first} to ${last}`;
}

function filesIn(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}

function verbOf({ from, to }: FileChange): string {
  if (from === null) return 'remove';
  return to === null ? 'bring back' : 'restore';
}

function capped(lines: readonly string[]): string[] {
  return lines.length <= mostNamed
    ? [...lines]
    : [...lines.slice(0, mostNamed), `  and ${lines.length - mostNamed} more`];
}

function shown(path: string): string {
  return safeLine(utf8(path), 500);
}

/** Bytes as characters, as text. */
function utf8(path: string): string {
  try {
    return decodeURIComponent(
      path.replaceAll(
        /[^\x21-\x24\x26-\x7E]/g,
        (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
      ),
    );
  } catch {
    return path;
  }
}

/** What is cleaned would name another file. */
function isPlain(path: string): boolean {
  return shown(path) === utf8(path);
}

function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
