// What Codex writes while a session runs: two files of the state directory, where the agent cannot write. Everything
// that decides anything is read from here; session.log gets a copy.
//
//   live-<uuid>.jsonl    Codex's standard output      live-<uuid>.stderr

import { readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { readFileEnd } from '../../files/file-end.ts';
import { nullIfMissing } from '../../files/plain-file.ts';
import { openForAppending, openForReading } from '../../files/safe-file.ts';

export type OutputFiles = {
  /** The path of Codex's standard output. */
  outputPath(uuid: string): string;
  /** Opens it as Codex's standard output; creates it if it is missing. */
  openOutput(uuid: string): Promise<FileHandle>;
  /** Null if it is gone. */
  openOutputForReading(uuid: string): Promise<FileHandle | null>;
  openErrors(uuid: string): Promise<FileHandle>;
  /** The end of stderr, at most `maxBytes`; empty if there is none. */
  readErrors(uuid: string, maxBytes: number): Promise<string>;
  /** When Codex wrote last, epoch ms; null if there is no file. */
  outputChangedAt(uuid: string): Promise<number | null>;
  /** Removes both files. */
  removeOutput(uuid: string): Promise<void>;
  /** Removes what a runner left that died before it could write its intent. */
  removeEmptyOutputs(): Promise<void>;
};

/** The path of Codex's standard output. */
export function outputPath(directory: string, uuid: string): string {
  return join(directory, `live-${uuid}.jsonl`);
}

export function outputFiles(directory: string): OutputFiles {
  const pathOf = (uuid: string): string => outputPath(directory, uuid);
  const errorPath = (uuid: string): string => join(directory, `live-${uuid}.stderr`);
  const removeOutput = async (uuid: string): Promise<void> => {
    // The output goes last: as long as it is there, the next runner tries again.
    await rm(errorPath(uuid), { force: true });
    await rm(pathOf(uuid), { force: true });
  };
  return {
    outputPath: pathOf,
    openOutput: (uuid) => openForAppending(pathOf(uuid)),
    openOutputForReading: (uuid) => openForReading(pathOf(uuid)).catch(nullIfMissing),
    openErrors: (uuid) => openForAppending(errorPath(uuid)),
    readErrors: (uuid, maxBytes) => readFileEnd(errorPath(uuid), maxBytes).catch(() => ''),
    outputChangedAt: async (uuid) => (await stat(pathOf(uuid)).catch(() => null))?.mtimeMs ?? null,
    removeOutput,
    removeEmptyOutputs: async () => {
      for (const uuid of await outputsIn(directory)) {
        if ((await stat(pathOf(uuid))).size === 0) await removeOutput(uuid);
      }
    },
  };
}

/** The uuids of the sessions whose output is in a directory. */
async function outputsIn(directory: string): Promise<string[]> {
  const names = await readdir(directory);
  return names.flatMap((name) => /^live-(.+)\.jsonl$/u.exec(name)?.[1] ?? []);
}

/** Names of all such files in a directory, and of what checks printed: they move with the task's other state. */
export async function outputNames(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.filter((name) => /^(?:live-.+\.(?:jsonl|stderr)|check-\d+\.txt)$/u.test(name));
}
