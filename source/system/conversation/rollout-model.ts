// The model of a conversation's last turn, read from Codex's own record of it; each part of a record is read once.

import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { rolloutModel } from '../../core/codex/rollout-model.ts';
import { rolloutPath } from './rollout.ts';

const chunkBytes = 1024 * 1024;
/** What comes before that in a record that is read for the first time is left out. */
const mostBytes = 16 * chunkBytes;

/** Null while it is not known. Never rejects. */
export function rolloutModels(codexHome: string): (threadId: string) => Promise<string | null> {
  let known = { threadId: '', path: '', readTo: 0, model: null as string | null };
  return async (threadId) => {
    try {
      if (known.threadId !== threadId) {
        const path = await rolloutPath(codexHome, threadId);
        if (path === null) return null;
        known = { threadId, path, readTo: -1, model: null };
      }
      return await readOn(known);
    } catch {
      return null;
    }
  };
}

async function readOn(known: {
  path: string;
  readTo: number;
  model: string | null;
}): Promise<string | null> {
  const file = await open(known.path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { size } = await file.stat();
    if (known.readTo < 0 || size < known.readTo) known.readTo = Math.max(0, size - mostBytes);
    const chunk = Buffer.alloc(Math.min(chunkBytes, Math.max(0, size - known.readTo)));
    while (known.readTo < size) {
      const { bytesRead } = await file.read(chunk, 0, chunk.length, known.readTo);
      const end = chunk.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
      // A line that is longer than a chunk says nothing of the model; the last one may not be whole yet.
      if (end === 0 && bytesRead < chunkBytes) break;
      for (const line of chunk.toString('utf8', 0, end).split('\n')) {
        known.model = rolloutModel(line) ?? known.model;
      }
      known.readTo += end === 0 ? bytesRead : end;
    }
    return known.model;
  } finally {
    await file.close();
  }
}
