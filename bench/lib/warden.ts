// A real warden of a program that does nothing, with a lease for the whole night.

import { randomUUID } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { leaseDurations } from '../../source/core/lease/durations.ts';
import { bootClock } from '../../source/system/boot-clock.ts';
import { startCodex, type StartedCodex } from '../../source/system/process/codex-process.ts';
import { leasePath, writeLease } from '../../source/system/state/lease/lease-file.ts';

const program = fileURLToPath(new URL('../../dist/warden.cjs', import.meta.url));

export type Wardens = {
  start(codex: string, args: readonly string[]): Promise<StartedCodex>;
  end(): void;
};

export async function makeWardens(): Promise<Wardens> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-warden-'));
  const lease = { path: leasePath(directory), ...leaseDurations };
  const endsAt = bootClock() + 8 * 3_600_000;
  await writeLease(lease.path, { epoch: 1, nonce: 'bench', hubStart: 'bench', endsAt });
  const nothing = openSync('/dev/null', 'r+');
  const descriptors = { stdin: nothing, stdout: nothing, stderr: nothing };
  return {
    start: (codex, args) => {
      const start = { codex, arguments: args, directory, uuid: randomUUID(), descriptors, lease };
      return startCodex(start, program);
    },
    end: () => {
      closeSync(nothing);
      rmSync(directory, { recursive: true });
    },
  };
}
