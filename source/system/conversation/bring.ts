// Takes a conversation to another machine. Codex's record of it is all that `codex exec resume` needs on another
// CODEX_HOME (measured with 0.171); the login never moves.

import { createHash } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beginsConversation, rolloutName } from '../../core/codex/rollout-start.ts';
import { threadBeganAt } from '../../core/codex/rollout-tokens.ts';
import {
  makePrivateDirectory,
  openForReading,
  readBytes,
  replaceFile,
} from '../files/safe-file.ts';
import { rolloutDirectory, rolloutPath } from './rollout.ts';

type CarriedConversation = { threadId: string; bytes: Buffer };

type OpenConversation = {
  /** In bytes, up to its last whole line. */
  length: number;
  /** To be read once. */
  bytes: ReadableStream<Uint8Array>;
  close(): Promise<void>;
};

/** Codex adds only whole lines, so a copy is whole up to its last line break. */
const lineBreak = 0x0a;
const chunkBytes = 128 * 1024;

/** Null if Codex has no record of it here. A line that is just being written is left out. */
export async function openConversation(
  codexHome: string,
  threadId: string,
): Promise<OpenConversation | null> {
  const path = await rolloutPath(codexHome, threadId);
  if (path === null) return null;
  const handle = await openForReading(path);
  try {
    let length = (await handle.stat()).size;
    for (let isWhole = false; !isWhole && length > 0;) {
      const position = Math.max(0, length - chunkBytes);
      const chunk = await readBytes(handle, { position, length: length - position });
      const end = chunk.lastIndexOf(lineBreak) + 1;
      length = position + end;
      isWhole = end > 0;
    }
    let position = 0;
    const bytes = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        const place = { position, length: Math.min(chunkBytes, length - position) };
        const chunk = await readBytes(handle, place);
        position += chunk.length;
        if (chunk.length === 0) controller.close();
        else controller.enqueue(chunk);
      },
    });
    return { length, bytes, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * Only while no Codex works in the conversation here. What this machine has of it is replaced if it is an earlier part; a
 * copy that went on otherwise is kept beside it, under a name that Codex does not read. The problem, or null.
 */
export async function bringConversation(
  codexHome: string,
  { threadId, bytes }: CarriedConversation,
): Promise<string | null> {
  // It comes from another machine, and the id becomes a path.
  const [name, beganAt] = [rolloutName(threadId), threadBeganAt(threadId)];
  if (name === null || beganAt === null || !isRecordOf(threadId, bytes)) {
    return `it is no record of Codex for the conversation ${threadId.slice(0, 100)}`;
  }
  const own = await rolloutPath(codexHome, threadId);
  if (own !== null) {
    const known = await wholeLines(own);
    if (known.equals(bytes)) return null;
    const isEarlier = bytes.subarray(0, known.length).equals(known);
    if (!isEarlier) await rename(own, `${own}.stray-${digestOf(known)}`);
    await replaceFile(own, bytes);
    return null;
  }
  const path = join(rolloutDirectory(codexHome, beganAt), name);
  await makePrivateDirectory(dirname(path));
  await replaceFile(path, bytes);
  return null;
}

async function wholeLines(path: string): Promise<Buffer> {
  const handle = await openForReading(path);
  try {
    const bytes = await handle.readFile();
    return bytes.subarray(0, bytes.lastIndexOf(lineBreak) + 1);
  } finally {
    await handle.close();
  }
}

function isRecordOf(threadId: string, bytes: Buffer): boolean {
  const end = bytes.indexOf(lineBreak);
  if (end < 0 || bytes.at(-1) !== lineBreak) return false;
  return beginsConversation(bytes.toString('utf8', 0, end), threadId);
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 8);
}
