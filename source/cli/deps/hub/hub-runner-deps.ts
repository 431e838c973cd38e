// The deps of a runner whose task is a hub's: it owns the task by a lease there, shows its work, and hands it on to the machines
// that may go on with it.

import { holdsForGood, type TaskOffer } from '../../../core/hub/task-offer.ts';
import { hasEnded } from '../../../core/lease/lease.ts';
import type { Seen } from '../../../core/lease/seen.ts';
import type { RunRecord } from '../../../core/run/record.ts';
import type { Claim } from '../../../engine/coordination/coordination.ts';
import type { HubClaim } from '../../../engine/hub/claim-on-hub.ts';
import { shareGuidance } from '../../../engine/hub/guidance/share-guidance.ts';
import type { RunnerDeps, RunRequest } from '../../../engine/run/runner-deps.ts';
import { placedGuidance } from '../../../system/state/files/placed-guidance.ts';
import { delay } from '../../../system/clock.ts';
import type { ProjectPaths } from '../../project-paths.ts';
import { runnerDeps } from '../runner-deps.ts';
import { enterHubAs } from './enter-hub.ts';
import { showWork } from './show-work.ts';
import { workOverGit } from './work-over-git.ts';
import { workInPlace } from './work-parts.ts';

/** What a worker tells its runner. */
export type SharedTask = {
  /** As it was given with --hub. */
  hub: string;
  /** The task's key at the hub. */
  key: string;
  offer: TaskOffer;
  /** What the worker has seen of it, by this machine's clock: an owner's silence counts from then. */
  seen: Seen;
  /** How many sessions the account may run at once, on all machines; null for any number. */
  accountAtOnce: number | null;
};

export type HubRunner = {
  deps: RunnerDeps;
  /** Resolves when the task is not this machine's any more. */
  lost: Promise<void>;
  /** Resolves when the hub has heard that the task is free. */
  close(): Promise<void>;
};

const releaseMs = 10_000;

export async function hubRunnerDeps(
  paths: ProjectPaths,
  { task, sandbox }: Pick<RunRequest, 'task' | 'sandbox'>,
  { hub, key, offer, seen, accountAtOnce }: SharedTask,
): Promise<HubRunner> {
  const own = await runnerDeps(paths, task);
  const entered = await enterHubAs(hub, accountAtOnce);
  const { machine, link } = entered;
  const isPinned = holdsForGood(machine, offer);
  const coordination = entered.coordination({
    ...{ key, project: paths.project, name: task, isPinned },
    codexLives: () => codexMayLive,
    seen,
  });
  let codexMayLive = await codexLivesIn(own);
  let claimed: HubClaim | null = null;
  let shown: Awaited<ReturnType<typeof showWork>> | null = null;
  const lost = Promise.withResolvers<void>();
  const guidance = shareGuidance({
    ...{ link, clock: own.clock, machine, key, identity: () => own.task.identity() },
    files: {
      ...placedGuidance(own.state.path),
      takeBack: (id) => own.state.takeBackGuidance(id),
    },
    isOwner: () => {
      const lease = claimed?.heldLease() ?? null;
      return lease !== null && !hasEnded(lease, entered.bootNow());
    },
  });
  let newest: RunRecord | null = null;
  const work =
    offer.remote === null
      ? workInPlace(own)
      : await workOverGit({
          ...{ own, paths, task, sandbox, key, offer, link, machine },
          ...{ lost: lost.resolve, takeOverGuidance: guidance.takeOver },
        });

  async function claim(): Promise<Claim | null> {
    claimed = await coordination.claim();
    if (claimed === null) return null;
    try {
      const isOurs = await work.take(claimed);
      if (!isOurs) {
        claimed.release();
        return null;
      }
      await tellEnding(claimed, await own.state.readRecord());
      await guidance.begin();
    } catch (error) {
      claimed.release();
      throw error;
    }
    void claimed.lost.then(lost.resolve);
    codexMayLive = true;
    const epoch = claimed.heldLease()?.epoch ?? null;
    if (epoch !== null) shown = await showWork({ own, link, machine, key, epoch });
    return { ...claimed, record: recording(claimed) };
  }

  const recording =
    ({ record }: HubClaim): HubClaim['record'] =>
    async (run) => {
      const isOver = run.session?.ended != null && newest?.session?.ended == null;
      if (isOver) await guidance.sessionEnded();
      newest = run;
      work.recorded(run);
      return record(run);
    };

  const deps: RunnerDeps = {
    ...own,
    ...work.deps,
    coordination: { ...coordination, claim },
    whyNotHere: () => null,
  };
  return {
    deps,
    lost: lost.promise,
    close: async () => {
      work.close();
      guidance.close();
      codexMayLive = false;
      // A pinned task stays this machine's, also if the hub has not heard of its release.
      const longest = isPinned ? [delay(releaseMs)] : [];
      await Promise.all([Promise.race([claimed?.released, ...longest]), shown?.end()]);
      claimed?.giveUp();
      await entered.close();
    },
  };
}

/** The run has ended here, and the hub has not heard of it: it would be worked on without end. */
async function tellEnding({ recorded, record }: HubClaim, here: RunRecord | null): Promise<void> {
  if (here !== null && here.ending !== null && recorded?.ending == null) await record(here);
}

async function codexLivesIn({ state, codex }: RunnerDeps): Promise<boolean> {
  const session = (await state.readRecord())?.session ?? null;
  if (session === null || session.ended !== null) return false;
  return codex.codexLives({ uuid: session.uuid, leader: session.codex, log: session.log });
}
