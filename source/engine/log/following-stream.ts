// The entries of a log as it grows, for `--log --follow`: each is handed on when it is complete, and a session when it
// begins and again when it has ended. The stream ends with the task's run.

import { readLogLine } from '../../core/codex/read-line.ts';
import { createEntries } from '../../core/log/entries.ts';
import type { Entry } from '../../core/log/entry.ts';
import { passesFilter, type LogFilter } from '../../core/log/filter.ts';
import type { LogTail } from '../../system/log/tail.ts';
import { createRepeatedWarnings, withoutRepeated } from './repeated-warnings.ts';
import { wholeOutput } from './stream.ts';
import type { LogTimes } from './times.ts';

export type FollowingDeps = {
  /** From the log's start. */
  tail: LogTail;
  project: string;
  times: LogTimes;
  /** Whether more may come. */
  isUnderway(): Promise<boolean>;
  /** Resolves when something may have come. */
  wait(): Promise<void>;
};

/** Few enough lines that no entry is dropped before it is handed on. */
const bytesAtOnce = 64 * 1024;

export async function* followedEntries(
  { tail, project, times, isUnderway, wait }: FollowingDeps,
  filter: LogFilter,
): AsyncGenerator<Entry> {
  const entries = createEntries({ projectPath: project, maxOutput: wholeOutput });
  const warnings = createRepeatedWarnings();
  /** What was handed on of each entry. */
  let told = new Map<string, string>();
  let isLive = false;
  const ready = (isOver: boolean): Entry[] => {
    const list = entries.list();
    const known = told;
    told = new Map();
    const fresh: Entry[] = [];
    for (const [place, entry] of list.entries()) {
      const before = known.get(entry.key);
      const isLast = place === list.length - 1;
      const now = isOver || isComplete(entry, isLast) ? partOf(entry) : before;
      if (now !== undefined) told.set(entry.key, now);
      if (now !== before) fresh.push(entry);
    }
    return fresh
      .filter((entry) => passesFilter(entry, filter))
      .map((entry) => withoutRepeated(entry, warnings))
      .filter((entry) => entry !== null);
  };
  await times.load();
  for (;;) {
    // Asked before reading: what came before a run's end is read after it.
    const mayGrow = await isUnderway();
    for (;;) {
      const { lines, reset, atEnd } = await tail.read({ maxBytes: bytesAtOnce });
      if (reset !== 'none') {
        entries.clear();
        warnings.clear();
        times.forget();
      }
      if (!isLive) times.noteEnds(lines);
      for (const line of lines) {
        const { offset, bytes, text } = line;
        const event =
          text === null
            ? { type: 'noise' as const, text: `a line of ${bytes} bytes, too long to read` }
            : readLogLine(text);
        if (event.type === 'stderr') warnings.note(event.text, offset);
        // A line that arrives while we follow has just been written.
        entries.push(event, { offset, at: isLive ? times.came(offset) : times.of(line) });
      }
      yield* ready(false);
      if (atEnd) break;
    }
    if (!mayGrow) break;
    isLive = true;
    await wait();
  }
  yield* ready(true);
}

/** Texts of several lines may go on until another entry follows. */
function isComplete({ body }: Entry, isLast: boolean): boolean {
  if (body.kind === 'stderr' || body.kind === 'noise' || body.kind === 'retry') return !isLast;
  return !('status' in body && body.status === 'in progress');
}

function partOf({ body }: Entry): string {
  if (body.kind === 'to-dos') return JSON.stringify(body.items);
  return body.kind === 'session' && body.ended !== null ? 'end' : 'whole';
}
