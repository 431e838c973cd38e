// The npm launcher as on a Node older than 22.15: a process of its own above the native Codex. On a newer Node it
// replaces itself, so that there is no launcher to kill.

import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a program `codex` into a directory of its own and returns that directory, for the PATH. */
export async function writeParentLauncher(directory: string, codex: string): Promise<string> {
  const bin = join(directory, 'bin');
  const launcher = await realpath(codex);
  await mkdir(bin, { recursive: true });
  const program = [
    `#!${process.execPath}`,
    // Older versions do not have it.
    'process.execve = undefined;',
    `process.argv[1] = ${JSON.stringify(launcher)};`,
    `import(${JSON.stringify(launcher)});`,
    '',
  ].join('\n');
  await writeFile(join(bin, 'codex'), program, { mode: 0o755 });
  return bin;
}
