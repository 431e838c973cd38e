// What the terminal around tmux can do, as tmux knows it.

import { execa } from 'execa';

const longestMs = 500;

/** `256,clipboard,hyperlinks,title`; null if tmux does not say. */
export async function tmuxFeatures(environment: NodeJS.ProcessEnv): Promise<string | null> {
  const { failed, stdout } = await execa(
    'tmux',
    ['display-message', '-p', '#{client_termfeatures}'],
    { env: environment, extendEnv: false, reject: false, stdin: 'ignore', timeout: longestMs },
  );
  return failed ? null : stdout;
}
