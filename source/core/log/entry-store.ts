// Entries in the order of the log, of bounded number and size: the oldest go first. An entry that changes after
// it was dropped comes back at the end, since that is news.

import type { Entry, EntryBody } from './entry.ts';

/** Where the line stands that an entry comes from, and when it was written, epoch ms. */
export type Where = { offset: number; at: number | null };

export type EntryStore = {
  get(key: string): Entry | undefined;
  /** The newest entry. */
  last(): Entry | undefined;
  /** Adds an entry at the end, or changes the one that has this key in its place. */
  put(key: string, where: Where, body: EntryBody): void;
  remove(key: string): void;
  /** The same array as long as nothing changed. */
  list(): readonly Entry[];
  version(): number;
  /** How many were dropped so far for want of room. */
  dropped(): number;
  clear(): void;
};

export type StoreLimits = {
  /** Entries. */
  limit: number;
  /** Characters of all entries together. */
  maxSize: number;
};

export function createEntryStore({ limit, maxSize }: StoreLimits): EntryStore {
  // A Map keeps the order in which keys came, also when a value is replaced.
  const entries = new Map<string, Entry>();
  // Goes on where it stopped: a new iterator would walk over the holes of all that was dropped before.
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
      // Versions never repeat, not even when a key comes back: rows cached under one are never stale.
      const entry = { key, offset: begun, lastOffset: offset, startedAt, endedAt: at, body };
      entries.set(key, { ...entry, version: changed() });
      dropOldest();
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

/** What one object of a list takes beside its texts, in characters. */
const objectSize = 32;

/** Characters of the texts in a body, those of its lists included. */
export function sizeOfBody(body: EntryBody): number {
  let size = 0;
  for (const value of Object.values(body) as unknown[]) {
    if (typeof value === 'string') size += value.length;
    else if (Array.isArray(value)) {
      for (const part of value as unknown[]) {
        if (typeof part !== 'object' || part === null) continue;
        size += objectSize;
        for (const text of Object.values(part)) if (typeof text === 'string') size += text.length;
      }
    }
  }
  return size;
}
