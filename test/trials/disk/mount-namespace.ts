// Mounts that only one process and its children see: in a mount namespace, as root, or as a user where that is allowed.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import type { FullDisk, PlayedDisk } from './full-disk.ts';

const run = promisify(execFile);
const inside = fileURLToPath(new URL('./inside-namespace.ts', import.meta.url));

/** The arguments for `unshare` on this machine, or null if it is not permitted. */
export async function wayIn(): Promise<readonly string[] | null> {
  for (const args of [['--mount'], ['--user', '--map-root-user', '--mount']]) {
    try {
      await run('unshare', [...args, 'sh', '-c', 'mount -t tmpfs tmpfs /mnt']);
      return args;
    } catch {
      // This way is not permitted.
    }
  }
  return null;
}

export async function playInside(way: readonly string[], disk: FullDisk): Promise<PlayedDisk> {
  const { stdout } = await run('unshare', [...way, process.execPath, inside, disk], {
    maxBuffer: 16 * 1024 * 1024,
  });
  return JSON.parse(stdout) as PlayedDisk;
}
