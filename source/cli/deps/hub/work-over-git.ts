// The work on a task whose files go from machine to machine over its git remote, under the fence: after each session, and every
// few minutes while one runs. Its conversation goes along.

import { conversationOf } from '../../../core/hub/adopted-run.ts';
import type { SharedOffer } from '../../../core/hub/task-offer.ts';
import type { RunRecord } from '../../../core/run/record.ts';
import type { Sandbox } from '../../../core/task/task.ts';
import type { HubLink } from '../../../engine/hub/hub-link.ts';
import { workUnderway } from '../../../engine/hub/work-underway.ts';
import type { RunnerDeps } from '../../../engine/run/runner-deps.ts';
import { sharedWork } from '../../../system/fence/shared-work.ts';
import { codexHome } from '../../../system/state/machine-directory.ts';
import type { ProjectPaths } from '../../project-paths.ts';
import { carriedConversation } from './carry-conversation.ts';
import { handOn } from './hand-on.ts';
import { takeWork } from './take-work.ts';
import { clonedFor } from './task-clones.ts';
import type { WorkParts } from './work-parts.ts';
import { remoteNameOf } from './work-ref.ts';

type WorkDeps = {
  own: RunnerDeps;
  paths: ProjectPaths;
  task: string;
  /** What this machine's worker was started with. */
  sandbox: Sandbox;
  /** The task's, at the hub. */
  key: string;
  offer: SharedOffer;
  link: HubLink;
  /** This machine's name in the hub. */
  machine: string;
  /** Call when the task is not this machine's any more. */
  lost(): void;
  /** What the user told it while another machine had it. `lost`: the session that ended with that machine. */
  takeOverGuidance(lost: string | null): Promise<void>;
};

export async function workOverGit({
  own,
  paths,
  task,
  sandbox,
  key,
  offer,
  link,
  machine,
  lost,
  takeOverGuidance,
}: WorkDeps): Promise<WorkParts> {
  const clone = await clonedFor(paths.home, key, offer);
  const directory = [offer.directory, '.autonomous', task].filter((step) => step !== '').join('/');
  const id = remoteNameOf(key);
  const work = sharedWork({
    ...{ clone, directory, url: offer.remote, base: offer.base, task: id },
  });
  const note = (sentence: string): Promise<void> => own.state.note(sentence);
  const conversation = carriedConversation({
    ...{ link, clock: own.clock, task: id, codexHome: codexHome(process.env), note },
  });
  const hand = handOn({ own, work, lost, paths, task });
  let newest: RunRecord | null = null;
  let whyGitIsOpen: () => Promise<string | null> = () => Promise.resolve(null);
  const underway = workUnderway({
    clock: own.clock,
    handOn: async (session) => {
      const problem = (await whyGitIsOpen()) ?? (await hand.underway(session));
      await sendConversation();
      return problem;
    },
    note,
  });

  const sendConversation = async (): Promise<void> => {
    const threadId = newest === null ? null : conversationOf(newest);
    if (threadId !== null) await conversation.send(threadId);
  };

  return {
    take: (claimed) => {
      const { bring: bringConversation } = conversation;
      const parts = { own, work, clone, machine, sandbox, bringConversation, takeOverGuidance };
      return takeWork(claimed, parts);
    },
    deps: {
      enterWorkplace: async (request) => {
        const entered = await own.enterWorkplace(request);
        // Only now there is a worktree to look at.
        whyGitIsOpen = () => own.whyGitIsOpen(request.codex);
        underway.begin(request.settings.handOnMs);
        return entered;
      },
      keepCheckpoint: async (request) => {
        const problem = await own.keepCheckpoint(request);
        if (problem !== null || request.moment === 'before') return problem;
        const notHanded = await hand.after(request.session);
        await sendConversation();
        return notHanded;
      },
      commitSession: async (commit) => {
        const safe = await hand.inTurn(() => work.safeTree(commit.tree));
        return 'problem' in safe ? safe.problem : own.commitSession({ ...commit, tree: safe.id });
      },
    },
    recorded: (run) => {
      newest = run;
      underway.recorded(run);
    },
    close: underway.close,
  };
}
