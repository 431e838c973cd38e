// What a file is called on the screen: its path from the project, as in the logs of its tasks.

import { isAbsolute, normalize, relative, resolve, sep } from 'node:path';
import { safeLine } from '../../core/text/safe-text.ts';

export type FileLabels = {
  /** Of a path of git: from the repository's root, one character per byte. */
  ofGit(path: string): string;
  /** Of a path that Codex reported. */
  ofCodex(path: string): string;
};

const longestPath = 500;

export function fileLabels(root: string, project: string): FileLabels {
  const steps = relative(root, project)
    .split(sep)
    .filter((step) => step !== '');
  const inside = steps.map((step) => `${step}/`).join('');
  const up = '../'.repeat(steps.length);
  const fromRoot = (path: string): string =>
    safeLine(path.startsWith(inside) ? path.slice(inside.length) : `${up}${path}`, longestPath);
  return {
    ofGit: (path) => fromRoot(Buffer.from(path, 'latin1').toString()),
    ofCodex: (path) => {
      const whole = isAbsolute(path) ? normalize(path) : resolve(project, path);
      return fromRoot(relative(root, whole));
    },
  };
}
