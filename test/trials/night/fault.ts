// A fault: when it may strike, what it does to the session, and which wait it imposes. A kind knows how to strike; the
// director decides when, and the verdict judges the outcome.

import type { Answer } from '../../../source/demo/scripted-model.ts';
import type { Asked, Moment } from '../outside/asked.ts';
import type { NightDeps } from './night-deps.ts';

export type FaultKind = {
  name: string;
  by: 'the model' | 'the machine';
  moments: readonly Moment[];
  /** `ends`: the session cannot complete its turn. `spares`: it can and must, so that nothing is done twice. */
  session: 'ends' | 'may end' | 'spares';
  /** Which work it holds up. Only one account fault is played at a time. */
  reach: 'task' | 'account';
  /** It shows only if work is left after it. */
  needsWorkAfter?: true;
  /** The maximum per task in a night. */
  most?: number;
  /**
   * How long Codex, or our program with these settings, takes to end the session, and how long a wait may follow after
   * the repair, ms. No more than that counts as imposed by the fault.
   */
  imposes: { dyingMs: number; waitMs: number };
  /** Whether there is anything to break at this request; if not, it strikes at the next place that fits. Default: yes. */
  finds?(asked: Asked, night: NightDeps): boolean;
  /** Strikes. Returns the model's answer, or null for the worker's own. */
  strike(blow: Blow): Promise<Answer | null> | Answer | null;
};

export type PlannedFault = {
  number: number;
  kind: FaultKind;
  task: string;
  /** Where it should strike; if it cannot (because of another fault), it strikes at the next place that fits. */
  step: number;
  moment: Moment;
  /** A random number from 0 up to 1, for the kind to use. */
  chance: number;
};

export type StruckFault = PlannedFault & {
  asked: Asked;
  at: number;
  /** The marker of the session that it struck. */
  uuid: string | null;
  /** When it was repaired; null until then, or if there is nothing to repair. */
  mendedAt: number | null;
  /** How it was observed: in the journal, or in a process record. */
  evidence: string | null;
  /** What the fault itself knows about the reaction to it. */
  answer: string | null;
  /** True while its action continues. */
  isAtWork: boolean;
};

export type Blow = {
  asked: Asked;
  fault: StruckFault;
  night: NightDeps;
  /** The worker's own answer. */
  worker(): Answer;
  /** From now on, requests get the answer that this returns, unless it returns null. */
  keepAnswering(answer: (asked: Asked) => Answer | null): void;
  /** Does some work while the request is being answered; the fault is at work until that is done. */
  beside(work: () => Promise<void>): void;
};
