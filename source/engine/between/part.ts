// What every part of the stage between two sessions gets, and what it is: a function that is safe to call twice.

import type { ListLook } from '../../core/checklist/list-look.ts';
import type { Finding } from '../../core/review/verdict.ts';
import type { SessionRecord } from '../../core/run/record.ts';
import type { PartAnswer, StagePurpose } from '../../core/stage/stage.ts';
import type { RunnerDeps, RunRequest } from '../run/runner-deps.ts';

export type StageContext = {
  deps: RunnerDeps;
  request: RunRequest;
  purpose: StagePurpose;
  /** The session that has ended last; null before the first. */
  session: SessionRecord | null;
  /** What the part `review` writes into the list. */
  findings?: { round: number; findings: readonly Finding[] } | undefined;
  /** Reads the list anew. */
  look(): Promise<ListLook>;
  /** Aborted when the run must not wait any longer. */
  givesUp: AbortSignal;
};

export type Part = (context: StageContext) => Promise<PartAnswer>;
