// Machines that share tasks, all on one computer. Each second something befalls one of them, or the hub; a machine that is gone
// stays away for longer than a lease, so that another one goes on with its tasks. Then all go on until the tasks are done.

import { leaseDurations } from '../../../source/core/lease/durations.ts';
import { stateHome } from '../../../source/system/state/state-files.ts';
import { NatsServer } from '../../helpers/hub/nats-server.ts';
import { until } from '../../helpers/until.ts';
import { startInPipe } from '../outside/program.ts';
import { seededRandom } from '../outside/random.ts';
import { befall, type FaultKind } from './faults.ts';
import { atRemote, makeRemote, type GitRemote } from './git-remote.ts';
import {
  handOversIn,
  lateTakeOvers,
  machineBreaches,
  takeOversIn,
  type AskedBy,
  type HandOver,
  type TakeOver,
} from './judge.ts';
import { makeMachine, type Machine } from './machine.ts';
import { brokenMirrors } from './mirrored-logs.ts';
import { makeNetwork } from './network.ts';
import { watchOwners } from './owners.ts';
import { watchOnTerminal, type WatchedCost } from './watched.ts';

type MachinesCall = {
  seed: number;
  machines: number;
  tasks: number;
  steps: number;
  /** Sessions at once on a machine; null: some more than its share of the tasks. */
  places: number | null;
  /** For so long something befalls them. */
  faultSeconds: number;
  kinds: readonly FaultKind[];
  awayMs: number;
  /** Each machine, and the hub with the remote, has a network of its own. */
  hasNetworks: boolean;
  /** A dashboard is open meanwhile. */
  isWatched: boolean;
  say: (line: string) => void;
};

export type PlayedMachines = {
  counts: Readonly<Record<FaultKind, number>>;
  sessions: number;
  handOvers: readonly HandOver[];
  takeOvers: readonly TakeOver[];
  ms: number;
  breaches: readonly string[];
  /** Of the dashboard and the hub; empty without a dashboard. */
  costs: readonly WatchedCost[];
};

const patience = { timeoutMs: 900_000, everyMs: 1000 };
/** A machine that is gone is not followed by another before lease and margin are over; its Codex is ended with the lease. */
const leastGapMs = 4000;
/** After this, another machine has the task, if it has a free place, and the hub was there all the time. */
const mostTakeOverMs = leaseDurations.leaseMs + leaseDurations.marginMs + 5000;
const faultsOfMachines: readonly FaultKind[] = ['kill', 'sleep'];

export async function playMachines(call: MachinesCall): Promise<PlayedMachines> {
  const { seed, tasks, steps, faultSeconds, kinds, awayMs, hasNetworks, isWatched, say } = call;
  const random = seededRandom(seed);
  const asked: AskedBy[] = [];
  const network = hasNetworks ? makeNetwork(call.machines) : null;
  const server = await NatsServer.start('', network?.hub);
  const hub = ['--hub', server.url];
  const machines: Machine[] = [];
  // Each machine has some of the tasks, and room for those of one that is gone.
  const places = call.places ?? Math.ceil((1.5 * tasks) / call.machines);
  const beganAt = performance.now();
  let remote: GitRemote | null = null;
  /** Nothing befalls it. */
  let viewer: Machine | null = null;
  let owners: Awaited<ReturnType<typeof watchOwners>> | null = null;
  try {
    for (let number = 1; number <= call.machines; number++) {
      const host = network?.machines[number - 1] ?? null;
      const machine = { hub, steps, asked, places, network, host };
      machines.push(await makeMachine(`machine-${number}`, machine));
    }
    const { world } = machines[0]!;
    remote = await makeRemote(world, network?.hub ?? null);
    const { path } = remote;
    const names = Array.from({ length: tasks }, (_, index) => `task-${index + 1}`);
    for (const name of names) {
      const given = startInPipe(world, [...hub, '--task-name', name, `Build ${name}`]);
      if ((await given.ended).exitCode !== 0) throw new Error(given.stderr());
    }
    if (isWatched) {
      const viewing = { hub, steps, asked, places, network, host: null };
      viewer = await makeMachine('viewer', viewing);
    }
    const costs = viewer === null ? () => [] : watchOnTerminal(viewer.world, { hub, server });
    for (const machine of machines) machine.begin();
    // Before there is work, a fault shows nothing.
    await until('a session works', () => asked.some(({ step }) => step > 0), patience);
    owners = await watchOwners(server.url, machines);
    const { counts, woken, gone } = await befall({
      ...{ machines, server, random, seconds: faultSeconds, kinds, awayMs, say },
    });
    say(`All are back after ${asked.length} questions`);
    const doneNow = async (): Promise<number> => {
      const list = startInPipe(world, hub);
      await list.ended;
      return list.stdout().match(/^ {2}✓/gm)?.length ?? 0;
    };
    await until('all tasks are done', async () => (await doneNow()) === tasks, patience).catch(
      (error: unknown) => say(String(error)),
    );
    const sessions = new Set(
      asked.map(({ machine, task, session }) => `${machine} ${task} ${session}`),
    );
    const watched = costs();
    const found = names.map((name) => atRemote(path, name));
    const homes = machines.map((machine) => stateHome(machine.world.env));
    const takeOvers = takeOversIn(owners.owned(), gone);
    const isTimed = places >= tasks && kinds.every((kind) => faultsOfMachines.includes(kind));
    const mirrors = { hub: server.url, homes, directory: world.directory };
    return {
      ...{ counts, sessions: sessions.size, handOvers: handOversIn(asked) },
      ...{ takeOvers, ms: performance.now() - beganAt, costs: watched },
      breaches: [
        ...(isTimed ? lateTakeOvers(takeOvers, mostTakeOverMs) : []),
        ...machineBreaches({ asked, woken, remote: found, steps, leastGapMs }),
        ...(await brokenMirrors(mirrors)),
      ],
    };
  } finally {
    for (const machine of machines) await machine.end();
    await owners?.close();
    await viewer?.end();
    await server.remove();
    await remote?.end();
    network?.end();
  }
}
