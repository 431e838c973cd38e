// What one machine hands over to the next: a commit with the files as they are, with the task's list and notes, on top of
// the task's branch. The next one has the files as a commit on the branch, and the list and notes in the task's directory.

import { resolved } from '../checkpoint/refs.ts';
import { git, type GitCall } from '../git/command.ts';
import { handedParent } from './handed-parent.ts';
import { treeWithout } from './tree-without.ts';
import { withoutSecrets } from './without-secrets.ts';

type Problem = { problem: string };

type Work = {
  /** Of the files, with the task's list and notes. */
  tree: string;
  /** What the task's branch has. */
  head: string;
  /** At which the work began; the remote has it. */
  base: string;
  /** Of the commit. */
  message: string;
  /** The task's, from the root, with slashes. One character per byte. */
  directory: string;
};

/** `leftOut`: files that look like a secret, which stay on this machine. */
export async function workCommit(
  call: GitCall,
  { tree, head, base, message, directory }: Work,
): Promise<{ id: string; leftOut: readonly string[] } | Problem> {
  const without = await withoutSecrets(call, { tree, base, directory });
  if ('problem' in without) return without;
  const parent = await handedParent(call, { head, base, tree: without.id, directory });
  if ('problem' in parent) return parent;
  const answer = await git(call, {
    arguments: ['commit-tree', '--no-gpg-sign', '-p', parent.id, without.id],
    input: Buffer.from(message).toString('latin1'),
  });
  if (answer.kind === 'failed') return answer;
  return { id: answer.output.trim(), leftOut: without.leftOut };
}

type Taken = {
  /** For the task's branch. */
  head: string;
  /** Of the task's directory, by name. */
  files: ReadonlyMap<string, Buffer>;
};

/** `directory`: the task's, from the root, with slashes. One character per byte. */
export async function takenWork(
  call: GitCall,
  { work, directory, message }: { work: string; directory: string; message: string },
): Promise<Taken | Problem> {
  const head = await resolved(call, `${work}^1^{commit}`);
  if (head === null) return { problem: `the checkpoint ${work} is not whole` };
  const files = await filesBelow(call, work, directory);
  if ('problem' in files) return files;
  const tree = await treeWithout(call, work, directory);
  if ('problem' in tree) return tree;
  if (tree.id === (await resolved(call, `${head}^{tree}`))) return { head, files };
  const commit = await git(call, {
    arguments: ['commit-tree', '--no-gpg-sign', '-p', head, tree.id],
    input: Buffer.from(message).toString('latin1'),
  });
  return commit.kind === 'ok' ? { head: commit.output.trim(), files } : commit;
}

async function filesBelow(
  call: GitCall,
  work: string,
  directory: string,
): Promise<Map<string, Buffer> | Problem> {
  const listed = await git(call, { arguments: ['ls-tree', '-z', work, '--', `${directory}/`] });
  if (listed.kind === 'failed') return listed;
  const files = new Map<string, Buffer>();
  for (const entry of listed.output.split('\0')) {
    const [, id = '', path = ''] = /^100644 blob ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
    if (id === '') continue;
    const blob = await git(call, { arguments: ['cat-file', 'blob', id] });
    if (blob.kind === 'failed') return blob;
    files.set(path.slice(directory.length + 1), Buffer.from(blob.output, 'latin1'));
  }
  return files;
}
