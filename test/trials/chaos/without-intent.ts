// The built program without the one thing that makes kill -9 harmless: the intent, written before Codex is started.
// A copy of dist/ in which that line is removed everywhere: in the runner, and in the headless run. It shows that the
// chaos test notices.

import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { builtProgram } from '../outside/program.ts';

const intent = /^ *await deps\.state\.writeRecord\(\{ \.\.\.intent, session: record \}\);\n/gmu;

/** Returns the program's path in the copy. */
export async function copyWithoutIntent(directory: string): Promise<string> {
  const dist = join(directory, 'dist');
  await cp(dirname(builtProgram), dist, { recursive: true });
  const found: string[] = [];
  for (const name of await readdir(dist)) {
    if (!name.endsWith('.js')) continue;
    const text = await readFile(join(dist, name), 'utf8');
    const without = text.replace(intent, '');
    if (without === text) continue;
    await writeFile(join(dist, name), without);
    found.push(name);
  }
  if (found.length !== 2 || !found.includes('runner.js')) {
    throw new Error(`The intent was found in ${found.join(', ') || 'no file'} of dist/`);
  }
  return join(dist, basename(builtProgram));
}
