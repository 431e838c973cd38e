// What a dashboard over the hub costs, and the hub itself, while the machines work.

import { costOf } from '../../../bench/lib/process-cost.ts';
import type { NatsServer } from '../../helpers/hub/nats-server.ts';
import { openOnTerminal } from '../outside/program.ts';
import type { TrialWorld } from '../outside/trial-world.ts';

export type WatchedCost = { name: string; cpuShare: number; peakMiB: number };

/** From now on a dashboard is open. */
export function watchOnTerminal(
  world: TrialWorld,
  { hub, server }: { hub: readonly string[]; server: NatsServer },
): () => WatchedCost[] {
  const dashboard = openOnTerminal(world, hub);
  const began = performance.now();
  const { pid } = server;
  const begun = costOf(pid);
  return () => {
    if (!dashboard.isOpen()) throw new Error(`The dashboard ended: ${dashboard.lastWords()}`);
    const ms = performance.now() - began;
    const [own, hubs] = [costOf(dashboard.pid), costOf(server.pid)];
    dashboard.close();
    // A hub that was killed meanwhile is counted from its last start.
    const before = server.pid === pid ? begun.cpuMs : 0;
    return [
      { name: 'the dashboard', cpuShare: own.cpuMs / ms, peakMiB: own.peakRssMiB },
      { name: 'the hub', cpuShare: (hubs.cpuMs - before) / ms, peakMiB: hubs.peakRssMiB },
    ];
  };
}
