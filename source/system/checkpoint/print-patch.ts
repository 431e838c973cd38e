// The patch between two states, as git prints it, without ever holding all of it.

import { gitBytes } from '../git/bytes.ts';
import type { GitCall } from '../git/command.ts';
import type { Range } from './session-range.ts';

/** Above this many files on both sides no renames are looked for. */
const mostRenames = 400;

/** `binary`: with what `git apply` needs for binary files. Throws if git fails. */
export function patchBytes(
  call: GitCall,
  { from, to }: Range,
  { binary }: { binary: boolean },
): AsyncIterable<Buffer> {
  const words = ['diff-tree', '-r', '-M', `-l${mostRenames}`, '--patch', '--full-index'];
  const safely = ['--no-ext-diff', '--no-textconv', '--no-color', '--ignore-submodules=dirty'];
  return gitBytes(call, [...words, ...safely, ...(binary ? ['--binary'] : []), from, to, '--'])
    .pieces;
}
