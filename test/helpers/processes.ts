// Live processes, read from /proc: to check that no process is left behind, and to end what a failed test left.

import { readdir, readFile, readlink } from 'node:fs/promises';

export type LivingProcess = { pid: number; command: string };

/** All processes of a directory: they run in it, or their command line or environment names it. */
export async function processesUnder(directory: string): Promise<LivingProcess[]> {
  const found: LivingProcess[] = [];
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid <= 1 || pid === process.pid) continue;
    const seen = await lookAt(pid);
    if (seen !== null && seen.places.some((place) => place.includes(directory))) {
      found.push({ pid, command: seen.command });
    }
  }
  return found;
}

/** False for a zombie, too. */
export async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => null);
  return stat !== null && !isZombie(stat);
}

async function lookAt(pid: number): Promise<{ places: string[]; command: string } | null> {
  const at = `/proc/${pid}`;
  try {
    if (isZombie(await readFile(`${at}/stat`, 'latin1'))) return null;
    const commandLine = await readFile(`${at}/cmdline`, 'utf8');
    // These two cannot be read for another user's process, which is not ours.
    const current = await readlink(`${at}/cwd`).catch(() => '');
    const environment = await readFile(`${at}/environ`, 'utf8').catch(() => '');
    const command = commandLine.replaceAll('\0', ' ').trim();
    return { places: [commandLine, current, environment], command };
  } catch {
    return null; // It has ended meanwhile.
  }
}

/** `4242 (any ) name) Z 1 …` */
function isZombie(stat: string): boolean {
  const state = stat.charAt(stat.lastIndexOf(')') + 2);
  return state === 'Z' || state === 'X';
}
