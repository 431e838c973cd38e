// The table of the stage's parts, and how one is done. A part that throws says so and lets the run go on: what it was to
// prove stays unproven.

import type { PartAnswer, StagePart } from '../../core/stage/stage.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import { keepEnd } from './checkpoint.ts';
import { commitWork } from './commit.ts';
import { judgeTicks } from './evidence-of-ticks.ts';
import { guardTheList } from './guard-list.ts';
import type { Part, StageContext } from './part.ts';
import { prepareWorktree } from './prepare.ts';
import { runChecks } from './run-checks.ts';
import { writeFindings } from './write-findings.ts';
import { watchConfiguration } from './watch-configuration.ts';

const parts: Readonly<Record<StagePart, Part>> = {
  guard: guardTheList,
  configuration: watchConfiguration,
  checkpoint: keepEnd,
  commit: commitWork,
  prepare: prepareWorktree,
  checks: runChecks,
  evidence: judgeTicks,
  review: writeFindings,
};

type Stage = {
  settle(
    part: StagePart,
    of: Pick<StageContext, 'purpose' | 'session' | 'findings'>,
  ): Promise<PartAnswer>;
  /** Gives up what takes long; the part still answers. */
  hurry(): void;
};

export function stageOf(known: Pick<StageContext, 'deps' | 'request' | 'look'>): Stage {
  let givesUp = new AbortController();
  return {
    settle: async (part, of) => {
      givesUp = new AbortController();
      try {
        return await parts[part]({ ...known, ...of, givesUp: givesUp.signal });
      } catch (error) {
        return { notes: [`${failed[part]}: ${errorMessage(error)}`] };
      }
    },
    hurry: () => givesUp.abort(),
  };
}

const failed: Readonly<Record<StagePart, string>> = {
  guard: 'The list could not be compared with what it was',
  configuration: 'The configuration could not be compared with what it was',
  checkpoint: 'The checkpoint could not be made',
  commit: 'The work could not be committed',
  prepare: 'The worktree could not be prepared',
  checks: 'The checks could not be run',
  evidence: 'The ticks could not be judged',
  review: 'What the Reviewer found could not be written into the list',
};
