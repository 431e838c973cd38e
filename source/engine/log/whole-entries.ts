// Expanded entries, whole: entries are held with their texts cut, so an expanded one is read again from the file, and
// so is its JSON. Dropped when the entry is collapsed.

import { readLogLine } from '../../core/codex/read-line.ts';
import { createEntries } from '../../core/log/entries.ts';
import { fewestListed } from '../../core/log/lines/item-kinds.ts';
import type { Entry } from '../../core/log/entry.ts';
import { clean } from '../../core/text/clean.ts';
import type { LogQuery } from '../../core/log/snapshot.ts';
import { lacksItsMiddle } from '../../core/text/safe-text.ts';
import { maskSecrets } from '../../core/text/secrets.ts';
import type { LogIndex } from '../../system/log/log-index.ts';

export type WholeEntries = {
  /** Reads those that are wanted and missing; true if something changed. */
  read(query: Pick<LogQuery, 'opened' | 'raw'>, entries: readonly Entry[]): Promise<boolean>;
  /** The same array if none of them is expanded. */
  replaced(entries: readonly Entry[]): readonly Entry[];
  forget(): void;
};

/** Characters. A line has at most 16 MiB, but no screen needs that much. */
const mostCharacters = 4 * 1024 * 1024;
const mostLines = 1000;

type Held = { version: number; form: 'whole' | 'raw'; entry: Entry };

export function createWholeEntries(deps: { index: LogIndex; project: string }): WholeEntries {
  const { index, project } = deps;
  const held = new Map<string, Held>();
  let seen: { of: readonly Entry[]; list: readonly Entry[] } | null = null;

  async function read(query: Pick<LogQuery, 'opened' | 'raw'>, entries: readonly Entry[]) {
    let isChanged = letGo(query);
    if (query.opened.size === 0 && query.raw.size === 0) return isChanged;
    for (const entry of entries) {
      const form = formOf(query, entry);
      const known = held.get(entry.key);
      if (form === null || (known?.version === entry.version && known.form === form)) continue;
      const whole = form === 'raw' ? await rawEntry(entry) : await wholeEntry(entry);
      if (whole === null) continue;
      held.set(entry.key, { version: entry.version, form, entry: whole });
      isChanged = true;
    }
    if (isChanged) seen = null;
    return isChanged;
  }

  function letGo(query: Pick<LogQuery, 'opened' | 'raw'>): boolean {
    let isChanged = false;
    for (const [key, { form }] of held) {
      const wanted = form === 'raw' ? query.raw : query.opened;
      if (wanted.has(key)) continue;
      held.delete(key);
      isChanged = true;
    }
    return isChanged;
  }

  async function wholeEntry(entry: Entry): Promise<Entry | null> {
    const whole = createEntries({ maxOutput: mostCharacters, projectPath: project });
    for (const text of await linesOf(entry)) {
      whole.push(readLogLine(text), { offset: entry.offset, at: entry.startedAt });
    }
    const body = whole.list().at(-1)?.body;
    return body?.kind === entry.body.kind ? { ...entry, body } : null;
  }

  async function rawEntry(entry: Entry): Promise<Entry | null> {
    const texts = (await linesOf(entry)).map(indented);
    if (texts.length === 0) return null;
    const text = maskSecrets(clean(texts.join('\n'), { maxLength: mostCharacters }));
    return { ...entry, body: { kind: 'raw', text } };
  }

  /** The first and the last line say everything, except for entries that many lines share. */
  async function linesOf({ offset, lastOffset, body }: Entry): Promise<string[]> {
    const [first, last] = [index.lines.lineAt(offset), index.lines.lineAt(lastOffset)];
    const isShared = body.kind === 'stderr' || body.kind === 'noise' || body.kind === 'retry';
    const between = isShared ? Math.min(last - first - 1, mostLines) : 0;
    const inner = Array.from({ length: Math.max(0, between) }, (_, line) => first + 1 + line);
    const numbers = [...new Set([first, ...inner, last])].filter((line) => line >= 0);
    const lines = await index.textOf(numbers);
    return lines
      .filter(
        // Lines in between may belong to other entries.
        ({ offset: at, text }) =>
          at === offset || at === lastOffset || readLogLine(text ?? '').type === body.kind,
      )
      .map(({ text, bytes }) => text ?? `a line of ${bytes} bytes, too long to read`);
  }

  return {
    read,
    replaced: (entries) => {
      if (held.size === 0) return entries;
      if (seen?.of !== entries) {
        seen = { of: entries, list: entries.map((entry) => held.get(entry.key)?.entry ?? entry) };
      }
      return seen.list;
    },
    forget: () => {
      held.clear();
      seen = null;
    },
  };
}

function formOf(
  { opened, raw }: Pick<LogQuery, 'opened' | 'raw'>,
  entry: Entry,
): Held['form'] | null {
  if (raw.has(entry.key)) return 'raw';
  return opened.has(entry.key) && isCut(entry) ? 'whole' : null;
}

function isCut({ body }: Entry): boolean {
  return Object.values(body).some((part: unknown) =>
    typeof part === 'string'
      ? lacksItsMiddle(part)
      : Array.isArray(part) && part.length >= fewestListed,
  );
}

function indented(line: string): string {
  try {
    return JSON.stringify(JSON.parse(line), null, 2);
  } catch {
    return line;
  }
}
