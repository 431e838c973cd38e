// The patch between two states, as git prints it, without ever holding all of it.

import { execa } from 'execa';
import { environmentOf, type GitCall } from '../git/command.ts';
import type { Range } from './session-range.ts';

/** Above this many files on both sides no renames are looked for. */
const mostRenames = 400;

/** `binary`: with what `git apply` needs for binary files. Throws if git fails. */
export async function* patchBytes(
  call: GitCall,
  { from, to }: Range,
  { binary }: { binary: boolean },
): AsyncGenerator<Buffer> {
  const words = ['diff-tree', '-r', '-M', `-l${mostRenames}`, '--patch', '--full-index'];
  const safely = ['--no-ext-diff', '--no-textconv', '--no-color', '--ignore-submodules=dirty'];
  const subprocess = execa(
    call.program,
    [...words, ...safely, ...(binary ? ['--binary'] : []), from, to, '--'],
    { cwd: '/', env: environmentOf(call), extendEnv: false, stdin: 'ignore', buffer: false },
  );
  // Awaited below: a reader that stops early ends git, which is no error.
  subprocess.catch(() => {});
  let isRead = false;
  try {
    for await (const bytes of subprocess.iterable({ binary: true })) yield Buffer.from(bytes);
    isRead = true;
  } finally {
    if (isRead) await subprocess;
    else subprocess.kill('SIGKILL');
  }
}
