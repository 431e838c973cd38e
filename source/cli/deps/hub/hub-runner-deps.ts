// The deps of a runner whose task machines share: it owns the task by a lease at the hub, brings what the last owner did,
// and hands on its own work after each session.

import { createHash } from 'node:crypto';
import { hubAccountKey } from '../../../core/hub/hub-names.ts';
import type { TaskOffer } from '../../../core/hub/task-offer.ts';
import { coordinationOnHub } from '../../../engine/coordination/on-hub.ts';
import type { Claim } from '../../../engine/coordination/coordination.ts';
import { sharedMachineDirectory } from '../../../engine/hub/account-directory.ts';
import { accountOnHub } from '../../../engine/hub/account.ts';
import type { HubClaim } from '../../../engine/hub/claim-on-hub.ts';
import type { RunnerDeps } from '../../../engine/run/runner-deps.ts';
import { sharedWork } from '../../../system/fence/shared-work.ts';
import { readHubAddress } from '../../../system/hub/read-hub-address.ts';
import { isAlive } from '../../../system/process/identity.ts';
import {
  leasePath,
  readLease,
  removeLease,
  writeLease,
} from '../../../system/state/lease/lease-file.ts';
import type { ProjectPaths } from '../../project-paths.ts';
import { runnerDeps } from '../runner-deps.ts';
import { handOn } from './hand-on.ts';
import { enterHub } from './hub-place.ts';
import { takeWork } from './take-work.ts';
import { clonedFor } from './task-clones.ts';

/** What a worker tells its runner. */
export type SharedTask = {
  /** As it was given with --hub. */
  hub: string;
  /** The task's key at the hub. */
  key: string;
  offer: TaskOffer;
};

export type HubRunner = {
  deps: RunnerDeps;
  /** Resolves when the task is not this machine's any more. */
  lost: Promise<void>;
  /** Resolves when the hub has heard that the task is free. */
  close(): Promise<void>;
};

export async function hubRunnerDeps(
  paths: ProjectPaths,
  task: string,
  { hub, key, offer }: SharedTask,
): Promise<HubRunner> {
  const own = await runnerDeps(paths, task);
  const { state, self } = own;
  const place = await enterHub(paths.home, await readHubAddress(hub));
  const clone = await clonedFor(paths.home, key, offer);
  const directory = [offer.directory, '.autonomous', task].filter((step) => step !== '').join('/');
  const work = sharedWork({
    ...{ clone, directory, url: offer.remote, base: offer.base },
    task: createHash('sha256').update(key).digest('hex').slice(0, 32),
  });
  const path = leasePath(state.path);
  const { bootNow, durations, machine, newId } = place;
  const account = accountOnHub({
    ...{ link: place.link, machine, bootNow, durations, isAlive },
    // The machines of a hub count as one account.
    accountKey: hubAccountKey('shared')!,
  });
  const coordination = coordinationOnHub({
    ...{ clock: own.clock, task: own.task, state, watchDirectory: own.watchDirectory },
    machine: sharedMachineDirectory({
      ...{ machine: own.machine, account, name: machine, self, newId, accountAtOnce: null },
    }),
    lease: place,
    leaseFile: {
      path,
      write: (lease) => writeLease(path, lease),
      remove: () => removeLease(path),
    },
    key,
    held: async () => {
      const lease = readLease(path);
      const run = await state.readRecord();
      return lease === null || !(await codexLivesIn(own)) ? null : { lease, run };
    },
    codexLives: () => codexMayLive,
  });
  let codexMayLive = await codexLivesIn(own);
  let claimed: HubClaim | null = null;
  const lost = Promise.withResolvers<void>();

  async function claim(): Promise<Claim | null> {
    claimed = await coordination.claim();
    if (claimed === null) return null;
    try {
      const isOurs = await takeWork(claimed, { own, work, clone, machine });
      if (!isOurs) {
        claimed.release();
        return null;
      }
    } catch (error) {
      claimed.release();
      throw error;
    }
    void claimed.lost.then(lost.resolve);
    codexMayLive = true;
    return claimed;
  }

  const deps: RunnerDeps = {
    ...own,
    coordination: { ...coordination, claim },
    keepCheckpoint: async (request) => {
      const problem = await own.keepCheckpoint(request);
      if (problem !== null || request.moment === 'before') return problem;
      return handOn({ own, work, lost: lost.resolve, paths, task }, request.session);
    },
    commitSession: async (commit) => {
      const safe = await work.safeTree(commit.tree);
      return 'problem' in safe ? safe.problem : own.commitSession({ ...commit, tree: safe.id });
    },
  };
  return {
    deps,
    lost: lost.promise,
    close: async () => {
      codexMayLive = false;
      await claimed?.released;
      await place.close();
    },
  };
}

async function codexLivesIn({ state, codex }: RunnerDeps): Promise<boolean> {
  const session = (await state.readRecord())?.session ?? null;
  if (session === null || session.ended !== null) return false;
  return codex.codexLives({ uuid: session.uuid, leader: session.codex, log: session.log });
}
