// Which processes work in a conversation: Codex keeps files of its home open for writing whose names contain the thread
// id. One that only reads them is not meant, nor a file elsewhere, which a session can make. Only this user's processes
// can be inspected; if the system shows none, the list is empty.
//
//   /proc/4242/fd/39 → ~/.codex/sessions/2026/11/25/rollout-2026-11-25T19-21-29-01a21427-….jsonl
//   /proc/4242/fd/44 → ~/.codex/thread-writer-locks/01a21427-….lock

import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ThreadWriter } from '../../core/failure/in-use.ts';
import { isInside } from '../files/inside.ts';

export async function writersOf(threadId: string, codexHome: string): Promise<ThreadWriter[]> {
  const places = await placesIn(codexHome);
  const isTheirs = (file: string): boolean =>
    /\.(?:jsonl|lock)$/u.test(file) &&
    basename(file).includes(threadId) &&
    places.some((place) => isInside(file, place));
  const writers: ThreadWriter[] = [];
  for (const name of await readdir('/proc').catch(() => [])) {
    if (/^\d+$/u.test(name) && (await writes(name, isTheirs))) {
      writers.push({ pid: Number(name), program: await programOf(name) });
    }
  }
  return writers;
}

/** Where Codex keeps conversations. Users link the directory of the sessions to another disk. */
async function placesIn(codexHome: string): Promise<string[]> {
  const paths = [codexHome, join(codexHome, 'sessions')];
  const places = await Promise.all(paths.map((path) => realpath(path).catch(() => null)));
  return places.filter((place) => place !== null);
}

async function writes(pid: string, isTheirs: (file: string) => boolean): Promise<boolean> {
  const directory = `/proc/${pid}/fd`;
  for (const descriptor of await readdir(directory).catch(() => [])) {
    const file = await readlink(`${directory}/${descriptor}`).catch(() => '');
    if (isTheirs(file) && (await isForWriting(pid, descriptor))) return true;
  }
  return false;
}

/** The last two bits of a descriptor's flags, which are octal: 0 is reading only. */
async function isForWriting(pid: string, descriptor: string): Promise<boolean> {
  const facts = await readFile(`/proc/${pid}/fdinfo/${descriptor}`, 'utf8').catch(() => '');
  const [, flags = '0'] = /^flags:\s*([0-7]+)$/mu.exec(facts) ?? [];
  return (Number.parseInt(flags, 8) & 3) !== 0;
}

/** The program's name and its first word, `codex resume` for example. Not more: a prompt may follow. */
async function programOf(pid: string): Promise<string> {
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const [path = '', first = ''] = line.split('\0');
  const words = /^[a-z][a-z-]{0,19}$/u.test(first) ? [basename(path), first] : [basename(path)];
  return words
    .join(' ')
    .replaceAll(/[^\w .+-]/gu, '')
    .slice(0, 40);
}
