// The account's usage limit on this machine. Its processes change it one after the other, so that one that looks elsewhere
// before it changes the limit takes back nothing that another one has met meanwhile.
//
//   <state home>/machine/   limit-<16 hex of CODEX_HOME>{.json,-change}

import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import {
  keptLimitText,
  keptNothing,
  readKeptLimit,
  withoutMet,
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
  /** The same, and which ones were lifted. */
  readKeptLimit(): Promise<KeptLimit>;
  /** Not if another process has changed it since `read` was. */
  replaceKeptLimit(read: KeptLimit, next: KeptLimit): Promise<void>;
};

/** `place`: without the end of the name. */
export function limitFile(place: string): LimitFile {
  const path = `${place}.json`;

  const read = async (): Promise<KeptLimit> => {
    const file = await readSmallFile(path, { maxBytes: 16 * 1024 });
    return file === null ? keptNothing : readKeptLimit(parsedObject(file.text));
  };
  /** What cannot be read is to be replaced. */
  const readAnyway = (): Promise<KeptLimit> => read().catch(() => keptNothing);
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
    readLimit: async () => (await read()).met?.limit ?? null,
    writeLimit: (limit) =>
      inTurn(async () => {
        const { lifted } = await readAnyway();
        await write({ met: { id: randomUUID(), limit, told: null }, lifted });
      }),
    liftLimit: () =>
      inTurn(async () => {
        const kept = await readAnyway();
        const remove = (): Promise<void> => rm(path, { force: true });
        // On a full disk it is removed.
        if (kept.met !== null) await write(withoutMet(kept)).catch(remove);
        else if (kept.lifted.length === 0) await remove();
      }),
    readKeptLimit: read,
    replaceKeptLimit: (before, next) =>
      inTurn(async (turn) => {
        const now = await read();
        if (turn !== null && keptLimitText(now) === keptLimitText(before)) await write(next);
      }),
  };
}
