// Whether a line that holds the text shows it: what is masked is not found, nor are the names of fields. Of the
// lines that make one entry only the last counts, so that a command is one match and not two; those that are judged
// at another time are named for whoever puts them together.

import { clean } from '../../core/text/clean.ts';
import type { LogEvent } from '../../core/codex/log-event.ts';
import { readLogLine } from '../../core/codex/read-line.ts';
import { textsOfEvent } from '../../core/log/event-texts.ts';
import type { Matcher } from '../../core/search/query.ts';
import { maskSecrets } from '../../core/text/secrets.ts';

export type LineJudge = {
  begin(): void;
  line(text: string, offset: number): void;
  /** All the matching is done here. */
  end(this: void): Judged;
};

export type Judged = {
  /** Offsets of the lines that count, ascending. */
  found: number[];
  /** By an entry's name: the line whose entry may go on behind all that were judged; null where it is over. */
  begun: Map<string, number | null>;
  /** The names of entries that go on here and may have begun before. */
  goesOn: Set<string>;
};

/** So much around a match shows whether it is a part of something secret. */
const around = 1024;

export function createLineJudge(matcher: Matcher): LineJudge {
  let lines: { event: LogEvent; offset: number }[] = [];
  return {
    begin: () => {
      lines = [];
    },
    line: (text, offset) => void lines.push({ event: readLogLine(text), offset }),
    end: () => {
      const judged = lines;
      lines = [];
      const found = new Set<number>();
      const begun = new Map<string, number | null>();
      const goesOn = new Set<string>();
      for (const { event, offset } of judged) {
        if (!textsOfEvent(event).some((one) => isShownIn(one, matcher))) continue;
        found.add(offset);
        const part = partOfEntry(event);
        if (part === null) continue;
        const { name, is } = part;
        const earlier = begun.get(name);
        // Where one begins anew the one before it was never ended: that is another entry.
        if (is !== 'beginning') {
          if (earlier === undefined) goesOn.add(name);
          else if (earlier !== null) found.delete(earlier);
        }
        begun.set(name, is === 'end' ? null : offset);
      }
      return { found: [...found], begun, goesOn };
    },
  };
}

type Part = { name: string; is: 'beginning' | 'middle' | 'end' };

/** Null where a line is an entry of its own. Ids come again in each session, so a command is told by its words, too. */
function partOfEntry(event: LogEvent): Part | null {
  switch (event.type) {
    case 'item': {
      const { id, stage, body } = event;
      if (id === '') return null;
      const name = `${id} ${body.kind === 'command' ? body.command : body.kind}`;
      return { name, is: parts[stage] };
    }
    case 'error':
      return { name: `error ${event.message}`, is: 'beginning' };
    case 'turn-failed':
      return { name: `error ${event.message}`, is: 'end' };
    default:
      return null;
  }
}

const parts = { started: 'beginning', updated: 'middle', completed: 'end' } as const;

function isShownIn(raw: string, matcher: Matcher): boolean {
  const text = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(raw)
    ? clean(raw, { maxLength: raw.length + 1 })
    : raw;
  if (!matcher.isIn(text)) return false;
  return matcher.spansIn(text).some(({ start, end }) => {
    const part = maskSecrets(text.slice(Math.max(0, start - around), end + around));
    return matcher.isIn(part);
  });
}
