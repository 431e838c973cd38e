// The log that all rows about a big log share: made once per run, removed when the process exits.
// It is beside the projects, so that it can be hard-linked into one.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BigLog, writeBigLog } from './big-log.ts';
import { benchHome } from './project.ts';
import type { Size } from './row.ts';

// In the short form still long enough that a search takes longer than from one notice of it to the next.
const sizes: Readonly<Record<Size, number>> = { whole: 1_000_000_000, short: 100_000_000 };
let made: Promise<BigLog & { path: string; directory: string }> | null = null;

export function sharedLog(size: Size): NonNullable<typeof made> {
  made ??= make(sizes[size]);
  return made;
}

async function make(sizeBytes: number): NonNullable<typeof made> {
  mkdirSync(benchHome, { recursive: true });
  const directory = mkdtempSync(join(benchHome, 'log-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, 'session.log');
  return { ...(await writeBigLog(path, sizeBytes)), path, directory };
}
