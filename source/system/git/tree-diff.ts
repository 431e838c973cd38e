// What differs between two trees: the files with their counts of lines, and the patch. Bounded: a diff may be as large
// as what was changed. Git compares objects only, from outside the work tree, so no attribute of the project counts.

import { git, type GitCall } from './command.ts';
import { neutralConfiguration } from './neutral-configuration.ts';
import { callFor, type TreeOrder } from './take-tree.ts';

export type DiffOrder = Omit<TreeOrder, 'index' | 'limits'> & {
  /** Ids of trees. */
  from: string;
  to: string;
  maxBytes?: number;
};

type ChangedFile = {
  /** As the system shows it: not cleaned. */
  path: string;
  /** The path before, if it was renamed. */
  from: string | null;
  kind: 'added' | 'deleted' | 'changed' | 'renamed';
  /** Lines; null for a binary file, and where the answer was cut. */
  added: number | null;
  removed: number | null;
};

type TreeDiff = { files: readonly ChangedFile[]; isCut: boolean } | { problem: string };

/** Above this many files on both sides no renames are looked for. */
const mostRenames = 400;
const mostBytes = 8 * 1024 * 1024;

const safely = ['--no-ext-diff', '--no-textconv', '--no-color', '--ignore-submodules=dirty'];

export async function filesBetween(order: DiffOrder): Promise<TreeDiff> {
  const answer = await diff(order, ['-z', '--raw', '--numstat']);
  if (answer.kind === 'failed') return { problem: answer.problem };
  return { files: filesIn(answer.output), isCut: answer.isCut };
}

export async function patchBetween(
  order: DiffOrder,
): Promise<{ text: string; isCut: boolean } | { problem: string }> {
  const answer = await diff(order, ['--patch', '--full-index']);
  if (answer.kind === 'failed') return { problem: answer.problem };
  return { text: Buffer.from(answer.output, 'latin1').toString(), isCut: answer.isCut };
}

async function diff(order: DiffOrder, form: readonly string[]): ReturnType<typeof git> {
  const { from, to, maxBytes = mostBytes } = order;
  if (![from, to].every((id) => /^[0-9a-f]{40,64}$/.test(id))) {
    return { kind: 'failed', problem: 'no tree to compare with' };
  }
  const call: GitCall = { ...callFor(order), configuration: neutralConfiguration };
  const words = ['diff-tree', '-r', '-M', `-l${mostRenames}`, ...safely, ...form, from, to, '--'];
  return git(call, { arguments: words, maxBytes });
}

/**
 * `:100644 100644 1f2 3a4 M\0path\0`, a renamed file with two paths, then `3\t1\tpath\0`, or `3\t1\t\0old\0new\0`. What
 * was cut is left out.
 */
function filesIn(output: string): ChangedFile[] {
  const parts = output.split('\0').slice(0, -1);
  const files = new Map<string, ChangedFile>();
  for (let at = 0; at < parts.length;) {
    const part = parts[at++] ?? '';
    if (part.startsWith(':')) {
      const kind = kinds.get(part.split(' ')[4]?.charAt(0) ?? '') ?? 'changed';
      const first = parts[at++];
      const path = kind === 'renamed' ? parts[at++] : first;
      if (first === undefined || path === undefined) break;
      const from = kind === 'renamed' ? shown(first) : null;
      files.set(path, { path: shown(path), from, kind, added: null, removed: null });
      continue;
    }
    const [added = '', removed = '', ...rest] = part.split('\t');
    const named = rest.join('\t');
    if (named === '') at += 2;
    const file = files.get(named === '' ? (parts[at - 1] ?? '') : named);
    if (file === undefined) continue;
    file.added = countIn(added);
    file.removed = countIn(removed);
  }
  return [...files.values()];
}

const kinds: ReadonlyMap<string, ChangedFile['kind']> = new Map([
  ['A', 'added'],
  ['D', 'deleted'],
  ['R', 'renamed'],
]);

function countIn(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null;
}

function shown(path: string): string {
  return Buffer.from(path, 'latin1').toString();
}
