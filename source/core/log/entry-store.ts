// Entries in log order, bounded in number and size: the oldest are dropped first. An entry that changes after
// it was dropped comes back at the end, because the change is news.

import type { Entry, EntryBody } from './entry.ts';

/** The byte offset of an entry's line, and when the line was written, epoch ms. */
export type Where = { offset: number; at: number | null };

export type EntryStore = {
  get(key: string): Entry | undefined;
  /** The newest entry. */
  last(): Entry | undefined;
  /** Adds an entry at the end, or changes the one with this key in place. */
  put(key: string, where: Where, body: EntryBody): void;
  remove(key: string): void;
  /** The same array as long as nothing changed. */
  list(): readonly Entry[];
  version(): number;
  /** How many were dropped so far to stay within the limits. */
  dropped(): number;
  clear(): void;
};

type StoreLimits = {
  /** Most entries. */
  limit: number;
  /** Most characters of all entries together. */
  maxSize: number;
  /** Called with each entry that was added or has changed. Default: not told. */
  changed?: EntryListener | undefined;
};

/** `before`: the entry as it was, if it is not new. */
export type EntryListener = (this: void, entry: Entry, before: Entry | undefined) => void;

export function createEntryStore({ limit, maxSize, changed: tell }: StoreLimits): EntryStore {
  // A Map keeps its keys in insertion order, even when a value is replaced.
  const entries = new Map<string, Entry>();
  // Kept between calls: a new iterator would first walk over the holes of all dropped entries.
  let oldest = entries.keys();
  let newest: string | null = null;
  let size = 0;
  let version = 0;
  let dropped = 0;
  let listed: readonly Entry[] | null = [];

  const changed = (): number => {
    listed = null;
    return ++version;
  };

  const remove = (key: string): void => {
    const entry = entries.get(key);
    if (entry === undefined) return;
    entries.delete(key);
    size -= sizeOfBody(entry.body);
    if (newest === key) newest = null;
    changed();
  };

  const dropOldest = (): void => {
    while (entries.size > limit || (size > maxSize && entries.size > 1)) {
      const { value: key, done } = oldest.next();
      if (done === true) return;
      remove(key);
      dropped++;
    }
  };

  return {
    get: (key) => entries.get(key),
    last: () => (newest === null ? undefined : entries.get(newest)),
    put(key, { offset, at }, body) {
      const before = entries.get(key);
      if (before === undefined) newest = key;
      else size -= sizeOfBody(before.body);
      size += sizeOfBody(body);
      const { offset: begun, startedAt } = before ?? { offset, startedAt: at };
      // Versions never repeat, not even when a key comes back, so cached rows are never stale.
      const facts = { key, offset: begun, lastOffset: offset, startedAt, endedAt: at, body };
      const entry = { ...facts, version: changed() };
      entries.set(key, entry);
      dropOldest();
      tell?.(entry, before);
    },
    remove,
    list: () => (listed ??= [...entries.values()]),
    version: () => version,
    dropped: () => dropped,
    clear() {
      entries.clear();
      oldest = entries.keys();
      newest = null;
      size = 0;
      dropped = 0;
      changed();
    },
  };
}

/** The size of a list's object besides its texts, in characters. */
const objectSize = 32;

/** Characters of all texts in a body, those in its lists included. */
export function sizeOfBody(body: EntryBody): number {
  let size = 0;
  for (const value of Object.values(body) as unknown[]) {
    if (typeof value === 'string') size += value.length;
    else if (Array.isArray(value)) {
      for (const part of value as unknown[]) {
        if (typeof part === 'string') size += part.length;
        if (typeof part !== 'object' || part === null) continue;
        size += objectSize;
        for (const text of Object.values(part)) if (typeof text === 'string') size += text.length;
      }
    }
  }
  return size;
}
