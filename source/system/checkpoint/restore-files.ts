// Gives files back what they were. Nothing is written through a link or outside of the root: each directory on the way is
// entered and held, and a file is replaced in one step. What is in the way stays, and is named.

import { lstat, mkdir, rename, rmdir, symlink, unlink } from 'node:fs/promises';
import type { FileChange, FileEntry } from '../../core/checkpoint/undo-plan.ts';
import { inDirectory } from '../files/entered-directory.ts';
import { hasCode, isMissing } from '../files/plain-file.ts';
import { replaceFile } from '../files/safe-file.ts';
import { git, type GitCall } from '../git/command.ts';

const lfsPointer = 'version https://git-lfs.github.com/spec/';

/** Answers the paths that stay as they are. */
export async function restoreFiles(
  call: GitCall,
  changes: readonly FileChange[],
): Promise<string[]> {
  const left: string[] = [];
  // A file may stand where a directory was, and the other way round.
  const removals = changes.filter(({ from }) => from === null);
  const writes = changes.filter(({ from }) => from !== null);
  for (const change of [...removals, ...writes]) {
    const isDone = await restored(call, change).catch(() => false);
    if (!isDone) left.push(change.path);
  }
  return left;
}

async function restored(call: GitCall, { path, from, to }: FileChange): Promise<boolean> {
  const steps = stepsOf(path);
  if (steps === null) return false;
  const name = steps.pop() ?? '';
  const root = call.workTree;
  if (from === null) return removed(root, steps, name);
  const bytes = await contentOf(call, from);
  if (bytes === null) return false;
  await makeDirectories(root, steps);
  return inDirectory([root, ...steps], async (at) => {
    const found = await lstat(`${at}/${name}`).catch(unlessMissing);
    // Something that git ignores, or a directory.
    if (found !== null && (to === null || found.isDirectory())) return false;
    if (from.mode === '120000') await replaceLink(`${at}/${name}`, bytes);
    else await replaceFile(`${at}/${name}`, bytes, from.mode === '100755' ? 0o755 : 0o644);
    return true;
  });
}

/** False if it cannot be removed, as where something else stands on the way to it. */
export async function removeFile(root: string, path: string): Promise<boolean> {
  const steps = stepsOf(path);
  const name = steps?.pop();
  if (steps === null || name === undefined) return false;
  return removed(root, steps, name).catch(() => false);
}

/** Null for what Node cannot name: its names are text. And no step may lead elsewhere. */
function stepsOf(path: string): string[] | null {
  const text = Buffer.from(path, 'latin1').toString();
  const steps = text.split('/');
  const isOdd = steps.some((step) => ['', '.', '..', '.git'].includes(step));
  return isOdd || text.includes('\uFFFD') ? null : steps;
}

/** Null for what only a filter could make whole. */
async function contentOf(call: GitCall, { id }: FileEntry): Promise<Buffer | null> {
  const answer = await git(call, { arguments: ['cat-file', 'blob', id] });
  if (answer.kind === 'failed' || answer.isCut) return null;
  return answer.output.startsWith(lfsPointer) ? null : Buffer.from(answer.output, 'latin1');
}

async function removed(root: string, steps: readonly string[], name: string): Promise<boolean> {
  try {
    await inDirectory([root, ...steps], (at) => unlink(`${at}/${name}`));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  // As git does: a directory that is empty now goes, too.
  for (let end = steps.length; end > 0; end--) {
    const [inner = ''] = steps.slice(end - 1);
    const isGone = await inDirectory([root, ...steps.slice(0, end - 1)], (at) =>
      rmdir(`${at}/${inner}`),
    ).then(
      () => true,
      () => false,
    );
    if (!isGone) break;
  }
  return true;
}

async function makeDirectories(root: string, steps: readonly string[]): Promise<void> {
  for (let end = 1; end <= steps.length; end++) {
    const [step = ''] = steps.slice(end - 1);
    await inDirectory([root, ...steps.slice(0, end - 1)], (at) =>
      mkdir(`${at}/${step}`).catch((error: unknown) => {
        if (!hasCode(error, 'EEXIST')) throw error;
      }),
    );
  }
}

async function replaceLink(path: string, target: Buffer): Promise<void> {
  const temporary = `${path}.autonomous-${process.pid}.tmp`;
  await symlink(target, temporary);
  await rename(temporary, path);
}

function unlessMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}
