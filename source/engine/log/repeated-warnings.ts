// Warnings that Codex prints on stderr in every session, word by word: each is shown once a task, where it came first.
//
//   warning: Untrusted project-local configuration is disabled. Run `codex exec --trust` to allow project …

import type { LogEvent } from '../../core/codex/log-event.ts';
import type { Entry } from '../../core/log/entry.ts';
import { safeText } from '../../core/text/safe-text.ts';

export type RepeatedWarnings = {
  /** Call it for the whole log, in order. */
  note(text: string, offset: number): void;
  /** How many are known: it increases with every change. */
  count(): number;
  /** Whether the line came at `offset`, but earlier, too. `line` is as entries keep it. */
  isRepeated(line: string, offset: number): boolean;
  clear(): void;
};

/** Characters: a longer warning is shown each time. */
const longest = 4000;
const most = 1000;

export function createRepeatedWarnings(): RepeatedWarnings {
  const first = new Map<string, number>();
  return {
    note: (text, offset) => {
      const line = keptLine(text);
      if (line.length <= longest && first.size < most && !first.has(line)) first.set(line, offset);
    },
    count: () => first.size,
    isRepeated: (line, offset) => (first.get(line) ?? Infinity) < offset,
    clear: () => first.clear(),
  };
}

/** The entry without the warnings that came before; null if nothing is left. */
export function withoutRepeated(entry: Entry, warnings: RepeatedWarnings): Entry | null {
  const { body, offset } = entry;
  if (body.kind !== 'stderr' || warnings.count() === 0) return entry;
  const lines = body.text.split('\n');
  const kept = lines.filter((line) => !warnings.isRepeated(line, offset));
  if (kept.length === lines.length) return entry;
  return kept.length === 0 ? null : { ...entry, body: { ...body, text: kept.join('\n') } };
}

/** The same for a line of the log. */
export function isRepeatedLine(
  event: LogEvent,
  offset: number,
  warnings: RepeatedWarnings,
): boolean {
  return event.type === 'stderr' && warnings.isRepeated(keptLine(event.text), offset);
}

function keptLine(text: string): string {
  return safeText(text, 2 * longest).trimEnd();
}
