// The built program without the one thing that makes kill -9 harmless: the intent, written before Codex is started.
// A copy of dist/ in which that line is missing, made to show that the chaos would find out.

import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { builtProgram } from '../outside/program.ts';

const intent = /^ *await doors\.state\.writeRecord\(\{ \.\.\.intent, session: record \}\);\n/gmu;

/** Returns the program's path in the copy. */
export async function copyWithoutIntent(directory: string): Promise<string> {
  const dist = join(directory, 'dist');
  await cp(dirname(builtProgram), dist, { recursive: true });
  let found = 0;
  for (const name of await readdir(dist)) {
    if (!name.endsWith('.js')) continue;
    const text = await readFile(join(dist, name), 'utf8');
    const without = text.replace(intent, () => {
      found += 1;
      return '';
    });
    if (without !== text) await writeFile(join(dist, name), without);
  }
  if (found !== 1) throw new Error(`The intent was found ${found} times in dist/, not once`);
  return join(dist, basename(builtProgram));
}
