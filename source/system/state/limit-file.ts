// The account's usage limit on this machine. Its processes change it one after the other, so that one that looks elsewhere
// before it changes the limit takes back nothing that another one has met meanwhile.
//
//   <state home>/machine/   limit-<16 hex of CODEX_HOME>{.json,-change}

import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import {
  keptLimitText,
  readKeptLimit,
  type AccountLimit,
  type KeptLimit,
} from '../../core/codex/account-limit.ts';
import { parsedObject } from '../../core/json/json.ts';
import { takeLock, type Lock } from '../files/lock.ts';
import { readSmallFile, replaceFile } from '../files/safe-file.ts';

export type LimitFile = {
  readLimit(): Promise<AccountLimit | null>;
  writeLimit(limit: AccountLimit): Promise<void>;
  liftLimit(): Promise<void>;
  /** The same, or which one was lifted last. */
  readKeptLimit(): Promise<KeptLimit | null>;
  /** Not if another process has changed it since `read` was. */
  replaceKeptLimit(read: KeptLimit | null, next: KeptLimit): Promise<void>;
};

/** `place`: without the end of the name. */
export function limitFile(place: string): LimitFile {
  const path = `${place}.json`;

  const read = async (): Promise<KeptLimit | null> => {
    const file = await readSmallFile(path, { maxBytes: 16 * 1024 });
    return file === null ? null : readKeptLimit(parsedObject(file.text));
  };
  const write = (kept: KeptLimit): Promise<void> => replaceFile(path, keptLimitText(kept));
  /** `turn` is null if another process hangs while it has its own: what is met is written even so. */
  const inTurn = async (change: (turn: Lock | null) => Promise<void>): Promise<void> => {
    const turn = await takeLock(`${place}-change`);
    try {
      await change(turn);
    } finally {
      turn?.release();
    }
  };

  return {
    readLimit: async () => (await read())?.limit ?? null,
    writeLimit: (limit) => inTurn(() => write({ id: randomUUID(), limit })),
    liftLimit: () =>
      inTurn(async () => {
        const kept = await read().catch(() => null);
        if (kept !== null && kept.limit === null) return;
        const remove = (): Promise<void> => rm(path, { force: true });
        if (kept === null) return remove();
        // On a full disk.
        await write({ id: kept.id, limit: null }).catch(remove);
      }),
    readKeptLimit: read,
    replaceKeptLimit: (before, next) =>
      inTurn(async (turn) => {
        const now = await read();
        if (turn !== null && textOf(now) === textOf(before)) await write(next);
      }),
  };
}

function textOf(kept: KeptLimit | null): string {
  return kept === null ? '' : keptLimitText(kept);
}
