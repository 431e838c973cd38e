// Which processes work in a conversation: Codex keeps files open whose names contain its thread id. Only this user's
// processes can be inspected; if the system shows none, the list is empty.
//
//   /proc/4242/fd/57 → ~/.codex/sessions/2026/11/25/rollout-2026-11-25T19-21-29-01a21427-….jsonl

import { readdir, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

export async function writersOf(threadId: string): Promise<number[]> {
  const writers: number[] = [];
  for (const name of await readdir('/proc').catch(() => [])) {
    if (/^\d+$/u.test(name) && (await hasOpen(name, threadId))) writers.push(Number(name));
  }
  return writers;
}

async function hasOpen(pid: string, threadId: string): Promise<boolean> {
  const directory = `/proc/${pid}/fd`;
  for (const descriptor of await readdir(directory).catch(() => [])) {
    const file = await readlink(`${directory}/${descriptor}`).catch(() => '');
    if (/\.(?:jsonl|lock)$/u.test(file) && basename(file).includes(threadId)) return true;
  }
  return false;
}
