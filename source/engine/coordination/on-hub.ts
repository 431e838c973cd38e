// Coordination over a hub, beside the machine's own locks and files: on one machine, the locks still say which process it
// is, and commands without a hub still reach the run.

import type { Lease } from '../../core/lease/lease.ts';
import type { Seen } from '../../core/lease/seen.ts';
import type { RunRecord } from '../../core/run/record.ts';
import type { Wait } from '../../core/run/run.ts';
import type { Clock } from '../../system/clock.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';
import type { WatchDirectory } from '../../system/watch.ts';
import type { SharedMachine } from '../hub/account-directory.ts';
import { claimOnHub, type HubClaim } from '../hub/claim-on-hub.ts';
import type { LeaseFile } from '../hub/lease-copy.ts';
import { followHubRequests, writeHubRequest } from '../hub/requests.ts';
import type { LeaseDeps } from '../hub/leased-task.ts';
import { noteLimit, permitOfAdopted, requestPermit } from '../permit/permit.ts';
import { claimByLocks } from './claim.ts';
import { followControlRequests, type RequestFile } from './control-requests.ts';
import type { Coordination } from './coordination.ts';

export type HubCoordination = Omit<Coordination, 'claim'> & {
  /** Null while another process or machine is the task's owner. Rejects with a sentence if the hub cannot be used. */
  claim(): Promise<HubClaim | null>;
};

type HubCoordinationDeps = {
  clock: Clock;
  task: Pick<TaskDirectory, 'takeLock'>;
  state: RequestFile & Pick<StateDirectory, 'takeLock' | 'writeRecord'>;
  /** What it shares with the account's other machines included. */
  machine: SharedMachine;
  watchDirectory: WatchDirectory;
  patienceMs?: number;
  /** Its clock is that of the machine, also where a test turns the other one. */
  lease: LeaseDeps;
  /** `path`: where the warden reads it. */
  leaseFile: LeaseFile & { path: string };
  /** The task's key in the hub. */
  key: string;
  /** It is this machine's alone, so it goes on while the hub is away. */
  isPinned: boolean;
  /** The lease of a warden that lives, and the run that this machine last recorded. */
  held(): Promise<{ lease: Lease; run: RunRecord | null } | null>;
  codexLives(): boolean;
  /** What the worker has seen of the task: its silence counts. */
  seen: Seen | null;
};

export function coordinationOnHub(deps: HubCoordinationDeps): HubCoordination {
  const { clock, machine, lease, key } = deps;
  const { link } = lease;

  async function claim(): Promise<HubClaim | null> {
    const local = await claimByLocks(deps, deps.patienceMs);
    if (local === null) return null;
    // The locks are kept until nothing of the claim is under way at the hub.
    const onOver = (): void => local.release();
    const held = await deps.held().catch((error: unknown) => {
      onOver();
      throw error;
    });
    const { seen, isPinned, codexLives } = deps;
    const task = { key, held, seen, isPinned, codexLives };
    const claimed = await claimOnHub({ ...lease, leaseFile: deps.leaseFile, onOver }, task);
    if (claimed === null) return null;
    let last = Promise.resolve();
    const { interruptMs, wardenLookMs } = lease.durations;
    return {
      ...claimed,
      lease: { path: deps.leaseFile.path, interruptMs, wardenLookMs },
      // Here first: if this process ends before the hub has it, its machine still knows. In the order of the calls.
      record: (record) => {
        const here = last.then(() => local.record(record));
        last = here.catch(() => {});
        if (!isPinned) return here.then(() => claimed.record(record));
        // The hub has it when it is there again.
        void here.then(() => claimed.record(record)).catch(() => {});
        return here;
      },
    };
  }

  /** With the hub down nothing starts but what is pinned, and with its record of the account unreadable nothing at all. */
  function waitForHub(): Wait | null {
    const whileAway = deps.isPinned ? null : link.problem();
    const problem = link.current() === null ? whileAway : machine.accountProblem();
    return problem === null ? null : { reason: 'hub', until: null, sentence: problem };
  }

  return {
    claim,
    request: (request) => writeHubRequest({ link, key }, request),
    followRequests: (run, onWant) => {
      const followed = [
        followControlRequests(deps, run, onWant),
        followHubRequests({ link, clock, key, machine: lease.machine }, run, onWant),
      ];
      return { close: () => followed.forEach(({ close }) => close()) };
    },
    requestPermit: (question) =>
      requestPermit(deps, {
        ...question,
        reserve: {
          heldBack: async () => waitForHub() ?? (await question.reserve?.heldBack()) ?? null,
          ignore: () => question.reserve?.ignore(),
        },
      }),
    permitOfAdopted: (atOnce) => permitOfAdopted({ clock, machine }, atOnce),
    readLimit: () => machine.readLimit(),
    noteLimit: (limit) => noteLimit({ clock, machine }, limit),
  };
}
