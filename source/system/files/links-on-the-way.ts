// Every path that the kernel touches on its way to a file. A link that leads through a directory which an agent can write
// is the agent's, although it ends outside today.

import { readlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** As many as Linux follows. */
const mostLinks = 40;

/** Real paths of every directory and link that an absolute path leads through, and of what it leads to, if it exists. */
export async function wayTo(path: string): Promise<string[]> {
  const visited: string[] = [];
  const left = partsOf(path);
  let at = '/';
  let links = 0;
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (name === '..') {
      at = dirname(at);
      continue;
    }
    const next = join(at, name);
    visited.push(next);
    const target = await readlink(next).catch(() => null);
    if (target === null) {
      at = next;
      continue;
    }
    links += 1;
    if (links > mostLinks) break;
    left.push(...partsOf(target));
    if (target.startsWith('/')) at = '/';
  }
  return visited;
}

/** The last part first. */
function partsOf(path: string): string[] {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .reverse();
}
