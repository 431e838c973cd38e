// The last heartbeat of this machine that a hub confirmed, from the process that writes it to the others.
//
//   <state home>/machine/heartbeat-<16 hex of the hub's address>.json
//   {"version":1,"hubStart":"N…","sentAt":938520,"boot":"…"}
//
// `sentAt` is by `bootClock`, so the file holds for one boot only.

import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { numberField, parsedObject, textField } from '../../core/json/json.ts';
import { takeLock, type Lock } from '../files/lock.ts';
import { readSmallFile } from '../files/safe-file.ts';
import { bootId } from '../process/identity.ts';
import { pathKey } from '../state/state-files.ts';

type KeptHeartbeat = { hubStart: string; sentAt: number };

type HeartbeatFile = {
  /** Null if another process of this machine keeps the heartbeat. */
  takeLock(): Promise<Lock | null>;
  read(): Promise<KeptHeartbeat | null>;
  /** Only with the lock. Not synced: after a power cut no lease holds anyway. */
  write(heartbeat: KeptHeartbeat): Promise<void>;
};

/** `machine`: the path of the machine's directory, which is there. */
export function heartbeatFile(machine: string, hub: string): HeartbeatFile {
  const path = join(machine, `heartbeat-${pathKey(hub)}`);
  return {
    takeLock: () => takeLock(path, 0),
    read: async () => {
      const file = await readSmallFile(`${path}.json`, { maxBytes: 4096 });
      const fields = file === null ? null : parsedObject(file.text);
      if (fields === null || numberField(fields, 'version') !== 1) return null;
      const hubStart = textField(fields, 'hubStart');
      const sentAt = numberField(fields, 'sentAt');
      const isOfThisBoot = textField(fields, 'boot') === bootId();
      return hubStart === null || sentAt === null || !isOfThisBoot ? null : { hubStart, sentAt };
    },
    write: async ({ hubStart, sentAt }) => {
      const text = JSON.stringify({ version: 1, hubStart, sentAt, boot: bootId() }) + '\n';
      await writeFile(`${path}.tmp`, text, { mode: 0o600 });
      await rename(`${path}.tmp`, `${path}.json`);
    },
  };
}
