// A tree with some more files in it, which git ignores: a task's list and notes, so that an undo takes them back, too.
// No index is needed: only the directories above them are written anew.

import { createHash } from 'node:crypto';
import { git, type GitCall } from '../git/command.ts';

/** `name` and the steps of a path have one character per byte. */
export type AddedFile = { name: string; bytes: Buffer };

type Written = { id: string } | { problem: string };

export async function treeWithFiles(
  call: GitCall,
  tree: string,
  { directory, files }: { directory: readonly string[]; files: readonly AddedFile[] },
): Promise<Written> {
  if (files.length === 0) return { id: tree };
  const key = keyOf(call, tree, { directory, files });
  if (lastWritten?.key === key) return { id: lastWritten.id };
  const blobs = await Promise.all(
    files.map(({ bytes }) => {
      const input = bytes.toString('latin1');
      return git(call, { arguments: ['hash-object', '-w', '--stdin'], input });
    }),
  );
  const entries: string[] = [];
  for (const [at, blob] of blobs.entries()) {
    if (blob.kind === 'failed') return { problem: blob.problem };
    entries.push(`100644 blob ${blob.output.trim()}\t${files[at]?.name}`);
  }
  const placing = await placed(call, tree, { directory, entries });
  if ('id' in placing) lastWritten = { key, id: placing.id };
  return placing;
}

/** Call when a checkpoint failed: the repository may be another one, without that tree. */
export function forgetWritten(): void {
  lastWritten = null;
}

/** A session that changed nothing leaves the tree that it found: ten git processes say so, or this. */
let lastWritten: { key: string; id: string } | null = null;

function keyOf(
  { gitDir }: GitCall,
  tree: string,
  { directory, files }: { directory: readonly string[]; files: readonly AddedFile[] },
): string {
  return contentOf([gitDir, tree, ...directory].join('\0'), files);
}

/** A digest of a tree and the files that are added to it. */
export function contentOf(tree: string, files: readonly AddedFile[]): string {
  const digest = createHash('sha256').update(tree);
  for (const { name, bytes } of files) digest.update(`\0${name}\0${bytes.length}\0`).update(bytes);
  return digest.digest('hex');
}

type Placing = { directory: readonly string[]; entries: readonly string[] };

/** `tree`: the directory as it is; null if it is not there. */
async function placed(
  call: GitCall,
  tree: string | null,
  { directory, entries }: Placing,
): Promise<Written> {
  const listed = tree === null ? null : await git(call, { arguments: ['ls-tree', '-z', tree] });
  if (listed?.kind === 'failed') return { problem: listed.problem };
  const known = (listed?.output ?? '').split('\0').filter((entry) => entry !== '');
  const [step, ...rest] = directory;
  if (step === undefined) return written(call, [...without(known, entries), ...entries]);
  const around = known.find((entry) => nameOf(entry) === step);
  const [, inside = null] = /^040000 tree ([0-9a-f]+)\t/.exec(around ?? '') ?? [];
  const inner = await placed(call, inside, { directory: rest, entries });
  if ('problem' in inner) return inner;
  const entry = `040000 tree ${inner.id}\t${step}`;
  return written(call, [...without(known, [entry]), entry]);
}

function without(known: readonly string[], entries: readonly string[]): string[] {
  const names = new Set(entries.map(nameOf));
  return known.filter((entry) => !names.has(nameOf(entry)));
}

function nameOf(entry: string): string {
  return entry.slice(entry.indexOf('\t') + 1);
}

async function written(call: GitCall, entries: readonly string[]): Promise<Written> {
  // Objects that a partial clone left away must not be looked for.
  const answer = await git(call, {
    arguments: ['mktree', '-z', '--missing'],
    input: entries.map((entry) => `${entry}\0`).join(''),
  });
  return answer.kind === 'ok' ? { id: answer.output.trim() } : { problem: answer.problem };
}
