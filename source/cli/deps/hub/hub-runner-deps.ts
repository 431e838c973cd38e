// The deps of a runner whose task machines share: it owns the task by a lease at the hub, brings what the last owner did,
// and hands on its own work after each session.

import type { TaskOffer } from '../../../core/hub/task-offer.ts';
import type { Claim } from '../../../engine/coordination/coordination.ts';
import type { HubClaim } from '../../../engine/hub/claim-on-hub.ts';
import type { RunnerDeps } from '../../../engine/run/runner-deps.ts';
import { sharedWork } from '../../../system/fence/shared-work.ts';
import type { ProjectPaths } from '../../project-paths.ts';
import { runnerDeps } from '../runner-deps.ts';
import { handOn } from './hand-on.ts';
import { enterHubAs } from './enter-hub.ts';
import { showWork } from './show-work.ts';
import { takeWork } from './take-work.ts';
import { remoteNameOf } from './work-ref.ts';
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
  const clone = await clonedFor(paths.home, key, offer);
  const directory = [offer.directory, '.autonomous', task].filter((step) => step !== '').join('/');
  const work = sharedWork({
    ...{ clone, directory, url: offer.remote, base: offer.base },
    task: remoteNameOf(key),
  });
  const entered = await enterHubAs(hub);
  const { machine, link } = entered;
  const coordination = entered.coordination({
    ...{ key, project: paths.project, name: task },
    codexLives: () => codexMayLive,
  });
  let codexMayLive = await codexLivesIn(own);
  let claimed: HubClaim | null = null;
  let shown: Awaited<ReturnType<typeof showWork>> | null = null;
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
    const epoch = claimed.heldLease()?.epoch ?? null;
    if (epoch !== null) shown = await showWork({ own, link, machine, key, epoch });
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
      await Promise.all([claimed?.released, shown?.end()]);
      await entered.close();
    },
  };
}

async function codexLivesIn({ state, codex }: RunnerDeps): Promise<boolean> {
  const session = (await state.readRecord())?.session ?? null;
  if (session === null || session.ended !== null) return false;
  return codex.codexLives({ uuid: session.uuid, leader: session.codex, log: session.log });
}
