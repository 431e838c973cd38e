// Where the files of what the user tells a task are, one for each piece.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pieceName, type PieceFile } from '../../../core/guidance/guidance.ts';
import type { JsonObject } from '../../../core/json/json.ts';
import { isMissing } from '../../files/plain-file.ts';
import { readSmallFile } from '../../files/safe-file.ts';
import { stateJsonOf } from '../state-files.ts';

/** In JSON, a character may take six bytes. */
const limit = { maxBytes: 1024 * 1024 };

type GuidanceDirectory = {
  path: string;
  pathOf(file: PieceFile): string;
  /** None if there is no such directory yet. */
  names(): Promise<string[]>;
  /** Null if there is no such file, or if it has no JSON of this program. Rejects if it cannot be read. */
  read(file: PieceFile): Promise<JsonObject | null>;
};

/** `state`: the path of the task's state directory. */
export function guidanceDirectory(state: string): GuidanceDirectory {
  const path = join(state, 'guidance');
  const pathOf = (file: PieceFile): string => join(path, pieceName(file));
  return {
    path,
    pathOf,
    names: () =>
      readdir(path).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      }),
    read: async (file) => stateJsonOf(await readSmallFile(pathOf(file), limit)),
  };
}
