// Where the dashboard's links to files lead; none if the terminal is not known to have links.

import { hostname } from 'node:os';
import { hasLinks, mayPassLinks, type FileLinks } from '../../ui/terminal/file-links.ts';

export async function fileLinks(
  environment: NodeJS.ProcessEnv,
  project: string,
): Promise<FileLinks | null> {
  const features = mayPassLinks(environment)
    ? await import('../../system/tmux-features.ts').then((tmux) => tmux.tmuxFeatures(environment))
    : null;
  return hasLinks(environment, features) ? { host: hostname(), project } : null;
}
