// Decides whether a line that contains the text also shows it: masked text and field names do not match. Of the
// lines that make up one entry only the last counts, so that a command is one match, not two; entries that reach
// into other blocks are listed by name so that the match index can join them.

import { clean } from '../../core/text/clean.ts';
import type { LogEvent } from '../../core/codex/log-event.ts';
import { readLogLine } from '../../core/codex/read-line.ts';
import { textsOfEvent } from '../../core/log/entry-text.ts';
import type { Matcher } from '../../core/search/query.ts';
import { maskSecrets } from '../../core/text/secrets.ts';

export type LineJudge = {
  begin(): void;
  line(text: string, offset: number): void;
  /** All matching happens here. The answer is the same each time. */
  end(this: void): Judged;
};

export type Judged = {
  /** Offsets of the matching lines, ascending. */
  found: number[];
  /** By entry name: the line whose entry may continue after all judged lines; null if the entry ended. */
  begun: Map<string, number | null>;
  /** The names of entries that continue here and may have begun earlier. */
  goesOn: Set<string>;
};

/** Characters around a match that are enough to tell whether it is part of a secret. */
const around = 1024;

/** Whether the screen leaves a line out. */
export type IsHidden = (event: LogEvent, offset: number) => boolean;

export function createLineJudge(matcher: Matcher, isHidden: IsHidden = () => false): LineJudge {
  let lines: { event: LogEvent; offset: number }[] = [];
  return {
    begin: () => {
      lines = [];
    },
    line: (text, offset) => void lines.push({ event: readLogLine(text), offset }),
    end: () => {
      const found = new Set<number>();
      const begun = new Map<string, number | null>();
      const goesOn = new Set<string>();
      for (const { event, offset } of lines) {
        if (!textsOfEvent(event).some((one) => isShownIn(one, matcher))) continue;
        if (isHidden(event, offset)) continue;
        found.add(offset);
        const part = partOfEntry(event);
        if (part === null) continue;
        const { name, is } = part;
        const earlier = begun.get(name);
        // A second beginning means that the earlier one never ended: that is another entry.
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

/** Null if the line is an entry of its own. Ids repeat in each session, so a command's name includes its text. */
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
