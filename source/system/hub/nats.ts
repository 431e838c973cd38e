// The packages of NATS, loaded only by what uses a hub: a runner, a list and a dashboard without one never load them.

import type { natsPackages } from './nats-packages.ts';

export type Nats = typeof natsPackages;

export async function loadNats(): Promise<Nats> {
  return (await import('./nats-packages.ts')).natsPackages;
}
