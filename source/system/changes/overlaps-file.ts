// `overlaps.jsonl` of a task's state directory. Its runner appends to it.

import { basename, dirname, join } from 'node:path';
import { filesNamedMeanwhile, readOverlaps, type Overlap } from '../../core/evidence/overlap.ts';
import type { DirectoryIdentity } from '../../core/run/record.ts';
import { readSmallFile } from '../files/safe-file.ts';

const maxBytes = 16 * 1024 * 1024;

/** The files that these other tasks of the project say they changed while `overlap` lasted. */
export async function filesOfOthers(state: string, overlap: Overlap): Promise<string[]> {
  const texts = overlap.others.map((name) => textOf(join(dirname(state), basename(name))));
  return (await Promise.all(texts)).flatMap((text) => filesNamedMeanwhile(text, overlap));
}

/** By session; empty if none overlapped, or the file cannot be read. */
export async function readOverlapsFile(
  state: string,
  directory: DirectoryIdentity | null,
): Promise<ReadonlyMap<number, Overlap>> {
  return readOverlaps(await textOf(state), directory);
}

async function textOf(state: string): Promise<string> {
  const file = await readSmallFile(join(state, 'overlaps.jsonl'), { maxBytes }).catch(() => null);
  return file?.text ?? '';
}
