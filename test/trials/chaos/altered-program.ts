// A copy of the built program in which some lines differ: to show that a trial notices, or to die at one exact moment.

import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { builtProgram } from '../outside/program.ts';

export type Alteration = { what: string; find: RegExp; put: string };

/** Returns the program's path in the copy. Each alteration must be found in the runner and in the headless run. */
export async function alteredProgram(
  directory: string,
  alterations: readonly Alteration[],
): Promise<string> {
  const dist = join(directory, 'dist');
  await cp(dirname(builtProgram), dist, { recursive: true });
  const found = new Map<string, string[]>();
  for (const name of await readdir(dist)) {
    if (!name.endsWith('.js')) continue;
    const before = await readFile(join(dist, name), 'utf8');
    let text = before;
    for (const { what, find, put } of alterations) {
      const after = text.replace(find, put);
      if (after !== text) found.set(what, [...(found.get(what) ?? []), name]);
      text = after;
    }
    if (text !== before) await writeFile(join(dist, name), text);
  }
  for (const { what } of alterations) {
    const names = found.get(what) ?? [];
    if (names.length < 2 || !names.includes('runner.js')) {
      throw new Error(`${what} was found in ${names.join(', ') || 'no file'} of dist/`);
    }
  }
  return join(dist, basename(builtProgram));
}
