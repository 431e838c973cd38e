// A part of a log as entries: the surroundings of a position, read and parsed when the user goes there. It begins
// with the lines that opened its session, so that its entries are the same as if everything had been read.
// A window that reaches the end of the log grows with it.

import { readLogLine } from '../../core/codex/read-line.ts';
import { createEntries, type Entries } from '../../core/log/entries.ts';
import type { Entry } from '../../core/log/entry.ts';
import { isFiltered, passesFilter, type LogFilter } from '../../core/log/filter.ts';
import type { LineTimes } from '../../core/log/times.ts';
import type { LogIndex } from '../../system/log/log-index.ts';
import type { TailLine } from '../../system/log/line-splitter.ts';
import { type Around, chosenLines, headingLines } from './chosen-lines.ts';
import type { LogLandmarks } from './landmarks.ts';
import { withoutRepeated } from './repeated-warnings.ts';

export type LogWindow = {
  /** The entries that pass the filter, oldest first. */
  list(): readonly Entry[];
  /** The session in progress where the window begins; null if unknown. */
  lead(): Entry | null;
  /** Bytes of the log that it covers. */
  from(): number;
  to(): number;
  /** False if there is more before it, or after it. */
  atStart(): boolean;
  atEnd: boolean;
  /** Adds the next line of a growing log. */
  push(line: TailLine, at: number | null): void;
};

export type WindowDeps = {
  index: LogIndex;
  project: string;
  /** Counts the logs that have had this name. */
  log: number;
  timeOf: LineTimes['of'];
  /** From the whole log: a window alone does not know what a session cost, nor which warnings came before. */
  landmarks: Pick<LogLandmarks, 'sessionAt' | 'version' | 'warnings'>;
};

const mostEntries = 4000;
const mostCharacters = 8 * 1024 * 1024;
/** Characters of one text: much more than a screen. An expanded entry is read whole. */
const mostOfOne = 16 * 1024;
export async function readWindow(deps: WindowDeps, around: Around): Promise<LogWindow> {
  const { index } = deps;
  const chosen = chosenLines(index, around);
  const first = chosen.lines[0];
  const from = chosen.atStart || first === undefined ? 0 : index.lines.offsetAt(first);
  const lead = from === 0 ? null : deps.landmarks.sessionAt(from - 1);
  const heading = headingLines(index, lead, first ?? 0);
  const to = chosen.atEnd ? index.endOffset() : index.lines.offsetAt(chosen.next);
  const { offset, filter } = around;
  const middle = offset === 'end' ? to : offset;
  const window = openWindow(deps, { from, to, middle, atEnd: chosen.atEnd, filter });
  for (const line of await index.textOf([...heading, ...chosen.lines])) {
    window.push(line, deps.timeOf(line));
  }
  return window;
}

/** `middle`: the position that is wanted; default: its beginning. */
type WindowPosition = {
  from: number;
  to: number;
  middle?: number;
  atEnd: boolean;
  filter: LogFilter;
};

/** A window without lines yet. */
export function openWindow(deps: Omit<WindowDeps, 'index'>, place: WindowPosition): LogWindow {
  const entries = createEntries({
    projectPath: deps.project,
    limit: mostEntries,
    maxSize: mostCharacters,
    maxOutput: mostOfOne,
    log: deps.log,
  });
  const wanted = place.filter;
  let { to } = place;
  let seen: { version: number; sessions: number; list: readonly Entry[]; to: number } | null = null;
  const look = () => {
    const version = entries.version();
    const sessions = deps.landmarks.version();
    if (seen?.version !== version || seen.sessions !== sessions) {
      seen = { version, sessions, ...withoutCutOff(shown(entries, place, deps), place) };
    }
    return seen;
  };
  const list = (): readonly Entry[] => look().list;
  const from = (): number => (entries.dropped() > 0 ? (list()[0]?.offset ?? 0) : place.from);
  return {
    list,
    lead: () => (from() === 0 ? null : deps.landmarks.sessionAt(from() - 1)),
    from,
    // At the end nothing is cut off. Callers that push line by line ask each time, so no list is made for that.
    to: () => (place.atEnd ? to : Math.min(to, look().to)),
    atStart: () => place.from === 0 && entries.dropped() === 0,
    atEnd: place.atEnd,
    push: (line, at) => {
      to = Math.max(to, line.offset + line.bytes + 1);
      if (wanted.session !== null && line.offset >= wanted.session.to) return;
      const event =
        line.text === null
          ? { type: 'noise' as const, text: `a line of ${line.bytes} bytes, too long to read` }
          : readLogLine(line.text);
      entries.push(event, { offset: line.offset, at });
    },
  };
}

/** Leaves out the lines read only for the heading, and takes sessions from the whole log. */
function shown(
  entries: Entries,
  place: WindowPosition,
  { landmarks }: Pick<WindowDeps, 'landmarks'>,
): readonly Entry[] {
  return entries
    .list()
    .filter((entry) => entry.offset >= place.from && passesFilter(entry, place.filter))
    .map((entry) => sessionOfWholeLog(entry, place, landmarks))
    .map((entry) => withoutRepeated(entry, landmarks.warnings))
    .filter((entry) => entry !== null);
}

/** A window in the middle of a log does not know what a thread had spent before: only the whole log does. */
function sessionOfWholeLog(
  entry: Entry,
  { from, filter }: WindowPosition,
  landmarks: WindowDeps['landmarks'],
): Entry {
  if (entry.body.kind !== 'session') return entry;
  const at = landmarks.sessionAt(entry.offset);
  const known = at?.offset === entry.offset && at.body.kind === 'session' ? at : null;
  if (known !== null && known.lastOffset >= entry.lastOffset) return { ...known, key: entry.key };
  // The landmarks are still behind this line.
  if (from === 0 && !isFiltered(filter)) return entry;
  const cost = known?.body.kind === 'session' ? known.body.cost : null;
  return { ...entry, body: { ...entry.body, cost } };
}

/** An entry that ends past the window's edge would look unfinished: it begins the next window instead. */
function withoutCutOff(
  list: readonly Entry[],
  { atEnd, from, middle = from }: WindowPosition,
): { list: readonly Entry[]; to: number } {
  let count = list.length;
  while (!atEnd && count > 0) {
    const last = list[count - 1];
    if (last === undefined || last.offset <= middle || !isUnfinished(last)) break;
    count--;
  }
  return { list: list.slice(0, count), to: list[count]?.offset ?? Infinity };
}

function isUnfinished({ body }: Entry): boolean {
  return 'status' in body && body.status === 'in progress';
}
