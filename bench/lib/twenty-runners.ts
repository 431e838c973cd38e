// The twenty runners that several rows share: starting them takes longer than most measurements.

import { startRunners, type Runners } from './runners.ts';

let started: Promise<Runners> | null = null;

/** They live until endTwentyRunners(), so rows without them must come before rows with them. */
export function twentyRunners(): Promise<Runners> {
  started ??= startRunners(20);
  return started;
}

export async function endTwentyRunners(): Promise<void> {
  // The rows report it if they could not be started.
  const runners = await started?.catch(() => null);
  started = null;
  await runners?.end();
}
