// The lease of a task on this machine, in its state directory, where the agent cannot write. Its runner writes it with each
// confirmed heartbeat; the warden reads it and ends Codex by it.
//
//   lease.json    {"version":1,"epoch":4,"nonce":"…","hubStart":"…","endsAt":938520,"boot":"…"}
//
// `endsAt` is by `bootClock`, so the file holds for one boot only. Whatever cannot be read is no lease.

import { constants } from 'node:fs';
import { open, rm, rename, writeFile, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  countField,
  numberField,
  parsedObject,
  textField,
  type JsonObject,
} from '../../../core/json/json.ts';
import type { Lease } from '../../../core/lease/lease.ts';
import { readSmallFileNow } from '../../files/plain-file.ts';
import { bootId } from '../../process/identity.ts';

const limit = { maxBytes: 16 * 1024, isExpected: true };

/** `state`: the path of the task's state directory. */
export function leasePath(state: string): string {
  return join(state, 'lease.json');
}

/** Null if there is none that holds on this boot: it is missing, unreadable, another user's, or of another version. */
export function readLease(path: string): Lease | null {
  try {
    const file = readSmallFileNow(path, limit);
    if (file === null || file.truncated || file.stat.uid !== process.geteuid?.()) return null;
    return leaseIn(parsedObject(file.text));
  } catch {
    return null;
  }
}

/** The same for a process that must go on while the disk hangs. */
export async function leaseAt(path: string): Promise<Lease | null> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  let file: FileHandle | undefined;
  try {
    file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const stat = await file.stat();
    if (!stat.isFile() || stat.size > limit.maxBytes || stat.uid !== process.geteuid?.())
      return null;
    return leaseIn(parsedObject(await file.readFile('utf8')));
  } catch {
    return null;
  } finally {
    await file?.close().catch(() => {});
  }
}

/**
 * Replaces it, so that a reader sees the old lease or the new one. Throws the system's error (ENOSPC, EACCES …); then the
 * old one holds. Only the holder of the task's locks may call it, and one call at a time.
 *
 * Nothing is synced: after a power cut no lease holds anyway, and a slow disk must not make a renewal late.
 */
export async function writeLease(path: string, lease: Lease): Promise<void> {
  const { epoch, nonce, hubStart, endsAt } = lease;
  const record = { version: 1, epoch, nonce, hubStart, endsAt, boot: bootId() };
  const temporary = join(dirname(path), `.${basename(path)}.tmp`);
  await rm(temporary, { force: true });
  await writeFile(temporary, JSON.stringify(record) + '\n', { mode: 0o600, flag: 'wx' });
  await rename(temporary, path);
}

/** A task without lease. Codex has to be dead before: its warden takes this for the end of the lease. */
export async function removeLease(path: string): Promise<void> {
  await rm(path, { force: true });
}

function leaseIn(fields: JsonObject | null): Lease | null {
  if (fields === null || numberField(fields, 'version') !== 1) return null;
  if (textField(fields, 'boot') !== bootId()) return null;
  const epoch = countField(fields, 'epoch');
  const nonce = textField(fields, 'nonce');
  const hubStart = textField(fields, 'hubStart');
  const endsAt = numberField(fields, 'endsAt');
  if (epoch === null || nonce === null || hubStart === null || endsAt === null) return null;
  return { epoch, nonce, hubStart, endsAt };
}
