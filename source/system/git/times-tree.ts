// The stand-in for a tree where there is no git: a digest of the names, sizes and times of all files. It says only
// whether something changed. No file is opened and no link followed.

import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, type Dirent } from 'node:fs';
import { setImmediate as breath } from 'node:timers/promises';
import type { LeftOut, Tree } from './tree-kind.ts';

/** More files than this are not looked at. */
const mostFiles = 200_000;
const filesBetweenBreaths = 2000;
/** Tasks' own files are no part of the work, and git's own change when it is only asked. */
const passedOver = new Set(['.autonomous', '.git']);

export async function timesTree(
  project: string,
  { maxFiles = mostFiles }: { maxFiles?: number } = {},
): Promise<Tree> {
  const digest = createHash('sha256');
  const leftOut: LeftOut[] = [];
  const waiting = [''];
  let files = 0;
  for (let directory = waiting.pop(); directory !== undefined; directory = waiting.pop()) {
    const inside = entriesOf(bytesOf(project, directory));
    if (inside === null) {
      leftOut.push({ path: shown(directory), reason: 'unreadable' });
      continue;
    }
    const folders: string[] = [];
    for (const entry of inside) {
      if (passedOver.has(entry.name)) continue;
      const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
      if (++files > maxFiles) {
        leftOut.push({ path: '', reason: 'too many new files' });
        return { kind: 'times', id: digest.digest('hex'), leftOut };
      }
      if (files % filesBetweenBreaths === 0) await breath();
      if (entry.isDirectory()) folders.push(path);
      digest.update(`${path}\0${factsOf(bytesOf(project, path), entry)}\0`, 'latin1');
    }
    waiting.push(...folders.reverse());
  }
  return { kind: 'times', id: digest.digest('hex'), leftOut };
}

/** Names have one character per byte, and are in an order of their own. */
function entriesOf(directory: Buffer): readonly Dirent[] | null {
  try {
    const entries = readdirSync(directory, { withFileTypes: true, encoding: 'latin1' });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return null;
  }
}

/** A directory's own times change with files that are passed over. */
function factsOf(path: Buffer, entry: Dirent): string {
  if (entry.isDirectory()) return 'directory';
  const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? 'gone' : `${stat.mode} ${stat.size} ${stat.mtimeNs}`;
}

function bytesOf(root: string, path: string): Buffer {
  return Buffer.concat([Buffer.from(`${root}/`), Buffer.from(path, 'latin1')]);
}

function shown(path: string): string {
  return Buffer.from(path, 'latin1').toString();
}
