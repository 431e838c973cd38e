// State of the machine and the account, across projects: how many sessions run at once, that they start one at a
// time, and the account's usage limit. Kernel locks, so that a runner that dies releases what it holds.
//
//   <state home>/machine/   slot-1 … slot-N   start   limit-<16 hex of CODEX_HOME>   gauge-<the same>.json

import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readKeptGauge, type KeptGauge } from '../../core/limits/gauge.ts';
import { parsedObject } from '../../core/json/json.ts';
import { takeLock, type Lock } from '../files/lock.ts';
import { readSmallFile, replaceFile } from '../files/safe-file.ts';
import { limitFile, type LimitFile } from './limit-file.ts';
import { pathKey, type Environment } from './state-files.ts';
import { makeState } from './make-state.ts';

export type MachineDirectory = {
  path: string;
  make(): Promise<void>;
  /** One of the machine's session slots; null while all are taken. */
  takeSlot(count: number): Promise<Lock | null>;
  /** Held while a session starts: several at once hit locked databases and race for the shared login. */
  takeStart(): Promise<Lock | null>;
  /** Held by the session that tests whether the limit is over. */
  takeProbe(): Promise<Lock | null>;
  /** What Codex told of the account's usage windows; null if that is not known. */
  readGauge(): Promise<KeptGauge | null>;
  writeGauge(gauge: KeptGauge): Promise<void>;
} & LimitFile;

export function machineDirectory(home: string, environment: Environment): MachineDirectory {
  const path = join(home, 'machine');
  const key = accountKey(environment);
  const limit = join(path, `limit-${key}`);
  const gauge = join(path, `gauge-${key}.json`);
  return {
    path,
    // Who owns the state home was checked when the run's own state was created.
    make: async () => void (await makeState(home, ['machine'], 'trusted')),
    takeSlot: async (count) => {
      for (let number = 1; number <= count; number++) {
        const slot = await takeLock(join(path, `slot-${number}`), 0);
        if (slot !== null) return slot;
      }
      return null;
    },
    takeStart: () => takeLock(join(path, 'start'), 0),
    takeProbe: () => takeLock(limit, 0),
    ...limitFile(limit),
    readGauge: async () => {
      const file = await readSmallFile(gauge, { maxBytes: 16 * 1024 }).catch(() => null);
      return file === null ? null : readKeptGauge(parsedObject(file.text));
    },
    writeGauge: (found) => replaceFile(gauge, JSON.stringify({ version: 1, ...found }) + '\n'),
  };
}

/** Where Codex keeps its login and conversations. */
export function codexHome(environment: Environment): string {
  return environment['CODEX_HOME'] || join(homedir(), '.codex');
}

/** Tasks share a limit when they share CODEX_HOME, however it is spelled. */
function accountKey(environment: Environment): string {
  const home = codexHome(environment);
  let real = home;
  try {
    real = realpathSync(home);
  } catch {
    // Missing: Codex will report that itself.
  }
  return pathKey(real);
}
