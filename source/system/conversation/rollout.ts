// Codex's own record of a conversation, in its home, where a session cannot write:
//
//   ~/.codex/sessions/2026/11/27/rollout-2026-11-27T19-54-11-01a21e92-8f4b-7931-9bed-ed5834723981.jsonl

import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { threadBeganAt } from '../../core/codex/rollout-tokens.ts';
import { tailOpened } from '../log/opened-tail.ts';
import type { LogTail } from '../log/tail.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Reads it as it grows, as soon as it is there. */
export function tailRollout(codexHome: string, threadId: string): Pick<LogTail, 'read' | 'close'> {
  return tailOpened(async () => {
    const path = await rolloutPath(codexHome, threadId);
    return path === null ? null : open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  });
}

/** False only if it would be found, and is not there. */
export async function canHaveRollout(codexHome: string, threadId: string): Promise<boolean> {
  return threadBeganAt(threadId) === null || (await rolloutPath(codexHome, threadId)) !== null;
}

/** Its path; null if it is not there (yet). The day is that of Codex's time zone, which may be another one than ours. */
export async function rolloutPath(codexHome: string, threadId: string): Promise<string | null> {
  const at = threadBeganAt(threadId);
  if (at === null) return null;
  for (const day of [at, at - dayMs, at + dayMs]) {
    const directory = rolloutDirectory(codexHome, day);
    const names = await readdir(directory).catch(() => []);
    const name = names.find((one) => one.endsWith(`-${threadId}.jsonl`));
    if (name !== undefined) return join(directory, name);
  }
  return null;
}

/** Where the records of conversations that begin then are, epoch ms. */
export function rolloutDirectory(codexHome: string, at: number): string {
  return join(codexHome, 'sessions', ...dateParts(new Date(at)));
}

function dateParts(date: Date): string[] {
  const two = (value: number): string => String(value).padStart(2, '0');
  return [String(date.getFullYear()), two(date.getMonth() + 1), two(date.getDate())];
}
