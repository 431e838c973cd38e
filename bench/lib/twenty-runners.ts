// The runners that all rows beside twenty of them have: to start them takes longer than most of what is measured.

import { startRunners, type Runners } from './runners.ts';

let started: Promise<Runners> | null = null;

/** They live until endTwentyRunners(): rows without them come before those with them. */
export function twentyRunners(): Promise<Runners> {
  started ??= startRunners(20);
  return started;
}

export async function endTwentyRunners(): Promise<void> {
  // Whether they could be started is the rows' to say.
  const runners = await started?.catch(() => null);
  started = null;
  await runners?.end();
}
