// A tree without what looks like a secret, which may be pushed. A file that the base has already stays as it is there: the
// user put that into the history. Of the task's list and notes, which the next machine cannot do without, the secrets alone
// are masked. Everything else that is left out stays on this machine, and is named.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { changesIn, type FileChange } from '../../core/checkpoint/undo-plan.ts';
import { isSecretPath } from '../../core/fence/secret-path.ts';
import { maskSecrets } from '../../core/text/secrets.ts';
import { shownPath } from '../git/changed-files.ts';
import { git, type GitCall } from '../git/command.ts';

type Without = { id: string; leftOut: readonly string[] } | { problem: string };

/** Larger files are not read: keys and tokens are in small ones. */
const maxReadBytes = 1024 * 1024;

type Work = {
  tree: string;
  /** The commit or tree that the work began at, which the remote has. */
  base: string;
  /** The task's directory, from the root, with slashes. One character per byte. */
  directory: string;
};

export async function withoutSecrets(
  call: GitCall,
  { tree, base, directory }: Work,
): Promise<Without> {
  const changed = await git(call, {
    arguments: ['diff-tree', '-r', '-z', '--raw', '--no-renames', base, tree, '--'],
  });
  if (changed.kind === 'failed') return changed;
  const secrets = await secretsIn(call, changesIn(changed.output));
  if ('problem' in secrets) return secrets;
  if (secrets.length === 0) return { id: tree, leftOut: [] };
  const entries: string[] = [];
  const leftOut: string[] = [];
  for (const file of secrets) {
    const isNeeded = file.path.startsWith(`${directory}/`) && !isSecretPath(file.path);
    const entry = isNeeded ? await maskedEntry(call, file) : entryInBase(file);
    if (typeof entry !== 'string') return entry;
    entries.push(entry);
    if (!isNeeded) leftOut.push(shownPath(file.path));
  }
  const id = await withEntries(call, tree, entries);
  return 'problem' in id ? id : { ...id, leftOut };
}

/** The changes that write what looks like a secret. */
export async function secretsIn(
  call: GitCall,
  changes: readonly FileChange[],
): Promise<readonly FileChange[] | { problem: string }> {
  const written = changes.filter(({ to }) => to !== null);
  const contents = await contentsOf(call, written);
  if ('problem' in contents) return contents;
  return written.filter(
    ({ path, to }) => isSecretPath(shownPath(path)) || contents.hasSecret(to?.id ?? ''),
  );
}

function entryInBase({ path, from }: FileChange): string {
  return from === null ? `0 ${'0'.repeat(40)}\t${path}\0` : `${from.mode} ${from.id}\t${path}\0`;
}

async function maskedEntry(
  call: GitCall,
  { path, to }: FileChange,
): Promise<string | { problem: string }> {
  const blob = await git(call, { arguments: ['cat-file', 'blob', to?.id ?? ''] });
  if (blob.kind === 'failed') return blob;
  const text = Buffer.from(blob.output, 'latin1').toString('utf8');
  const masked = Buffer.from(maskSecrets(text)).toString('latin1');
  const made = await git(call, { arguments: ['hash-object', '-w', '--stdin'], input: masked });
  return made.kind === 'failed' ? made : `100644 ${made.output.trim()}\t${path}\0`;
}

async function contentsOf(
  call: GitCall,
  written: readonly FileChange[],
): Promise<{ hasSecret(id: string): boolean } | { problem: string }> {
  const ids = [
    ...new Set(written.flatMap(({ to }) => (to !== null && to.mode !== '160000' ? to.id : []))),
  ];
  const sizes = await git(call, {
    arguments: ['cat-file', '--batch-check=%(objectname) %(objectsize)'],
    input: ids.map((id) => `${id}\n`).join(''),
  });
  if (sizes.kind === 'failed') return sizes;
  const small = sizes.output.split('\n').flatMap((line) => {
    const [id = '', size = ''] = line.split(' ');
    return /^\d+$/.test(size) && Number(size) <= maxReadBytes ? id : [];
  });
  const found = new Set<string>();
  // A few at a time: all of them may be more than fits into memory.
  for (let at = 0; at < small.length; at += filesAtOnce) {
    const some = small.slice(at, at + filesAtOnce);
    const answer = await git(call, {
      arguments: ['cat-file', '--batch'],
      input: some.map((id) => `${id}\n`).join(''),
    });
    if (answer.kind === 'failed') return answer;
    for (const { id, text } of objectsIn(answer.output)) {
      if (maskSecrets(text) !== text) found.add(id);
    }
  }
  return { hasSecret: (id) => found.has(id) };
}

const filesAtOnce = 100;

/** `<id> blob <size>\n<content>\n`, one after the other. */
function* objectsIn(output: string): Generator<{ id: string; text: string }> {
  for (let at = 0; at < output.length;) {
    const end = output.indexOf('\n', at);
    const [id = '', , size = ''] = output.slice(at, end).split(' ');
    if (!/^\d+$/.test(size)) return;
    const begin = end + 1;
    yield { id, text: output.slice(begin, begin + Number(size)) };
    at = begin + Number(size) + 1;
  }
}

/** Entries of an index, as `update-index -z --index-info` reads them. */
async function withEntries(
  call: GitCall,
  tree: string,
  entries: readonly string[],
): Promise<{ id: string } | { problem: string }> {
  const index = join(call.gitDir, 'index-without-secrets');
  const own = { ...call, index };
  await rm(index, { force: true });
  try {
    const read = await git(own, { arguments: ['read-tree', tree] });
    if (read.kind === 'failed') return read;
    const put = await git(own, {
      arguments: ['update-index', '-z', '--index-info'],
      input: entries.join(''),
    });
    if (put.kind === 'failed') return put;
    const written = await git(own, { arguments: ['write-tree', '--missing-ok'] });
    return written.kind === 'ok' ? { id: written.output.trim() } : written;
  } finally {
    await rm(index, { force: true });
  }
}
