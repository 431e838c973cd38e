// Brings a conversation from another machine. Codex's record of it is all that `codex exec resume` needs on another
// CODEX_HOME (measured with 0.171); the login never moves.

import { createHash } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { threadBeganAt } from '../../core/codex/rollout-tokens.ts';
import { makePrivateDirectory, openForReading, replaceFile } from '../files/safe-file.ts';
import { rolloutDirectory, rolloutPath } from './rollout.ts';

type CarriedConversation = {
  threadId: string;
  /** Of Codex's record of it. */
  name: string;
  bytes: Buffer;
};

/** Codex adds only whole lines, so a copy is whole up to its last line break. */
const lineBreak = 0x0a;

/** Null if Codex has no record of it here. A line that is just being written is left out. */
export async function readConversation(
  codexHome: string,
  threadId: string,
): Promise<CarriedConversation | null> {
  const path = await rolloutPath(codexHome, threadId);
  if (path === null) return null;
  const handle = await openForReading(path);
  try {
    const bytes = await handle.readFile();
    const whole = bytes.subarray(0, bytes.lastIndexOf(lineBreak) + 1);
    return { threadId, name: basename(path), bytes: whole };
  } finally {
    await handle.close();
  }
}

/**
 * Only while no Codex works in the conversation here. What this machine has of it is replaced if it is an earlier part; a
 * copy that went on otherwise is kept beside it, under a name that Codex does not read. The problem, or null.
 */
export async function bringConversation(
  codexHome: string,
  { threadId, name, bytes }: CarriedConversation,
): Promise<string | null> {
  const beganAt = threadBeganAt(threadId);
  // It comes from another machine, and becomes a path.
  if (beganAt === null || !isRolloutName(name, threadId)) {
    return `${JSON.stringify(name.slice(0, 100))} is no record of a conversation of Codex`;
  }
  const own = await rolloutPath(codexHome, threadId);
  const known = await readConversation(codexHome, threadId);
  if (own !== null && known !== null) {
    if (known.bytes.equals(bytes)) return null;
    const isEarlier = bytes.subarray(0, known.bytes.length).equals(known.bytes);
    if (!isEarlier) await rename(own, `${own}.stray-${digestOf(known.bytes)}`);
    await replaceFile(own, bytes);
    return null;
  }
  const path = join(rolloutDirectory(codexHome, beganAt), name);
  await makePrivateDirectory(dirname(path));
  await replaceFile(path, bytes);
  return null;
}

function isRolloutName(name: string, threadId: string): boolean {
  return /^rollout-[0-9T-]{1,40}-[0-9a-f-]{36}\.jsonl$/.test(name) && name.includes(threadId);
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 8);
}
