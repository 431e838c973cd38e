// Whether one path lies inside a directory, by the paths alone: links are for the caller to resolve.

import { isAbsolute, relative, sep } from 'node:path';

/** True for the directory itself, too. */
export function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way.split(sep)[0] !== '..' && !isAbsolute(way);
}
