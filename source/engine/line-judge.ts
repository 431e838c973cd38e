// Whether a line that holds the text shows it: what is masked is not found, nor are the names of fields. Of the
// lines that make one entry only the last counts, so that a command is one match and not two.

import { clean } from '../core/clean.ts';
import { readLogLine, type LogEvent } from '../core/codex-event.ts';
import { textsOfEvent } from '../core/event-texts.ts';
import type { Matcher } from '../core/search-query.ts';
import { maskSecrets } from '../core/secrets.ts';

export type LineJudge = {
  begin(): void;
  line(text: string, offset: number): void;
  /** Offsets of the lines that count, ascending. All the matching is done here. */
  end(this: void): number[];
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
      /** Items that match and are not over yet, by id: where that was said. */
      const open = new Map<string, number>();
      for (const { event, offset } of judged) {
        if (!textsOfEvent(event).some((one) => isShownIn(one, matcher))) continue;
        const id = event.type === 'item' ? event.id : '';
        const earlier = open.get(id);
        if (earlier !== undefined) found.delete(earlier);
        if (event.type === 'item' && event.stage !== 'completed') open.set(id, offset);
        else open.delete(id);
        found.add(offset);
      }
      return [...found];
    },
  };
}

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
