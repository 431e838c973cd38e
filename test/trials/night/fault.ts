// What a fault is: when it may strike, what it does to the session, and what it makes unavoidable. A kind knows
// how to strike; the director decides when, the verdict looks at what came of it.

import type { Answer } from '../../../source/demo/scripted-model.ts';
import type { Asked, Moment } from '../outside/asked.ts';
import type { NightDoors } from './night-doors.ts';

export type FaultKind = {
  name: string;
  by: 'the model' | 'the machine';
  moments: readonly Moment[];
  /** `ends`: the session can't complete its turn. `spares`: it can and must, so that nothing is done twice. */
  session: 'ends' | 'may end' | 'spares';
  /** Whose work it holds up. Only one fault of an account's is played at a time. */
  reach: 'task' | 'account';
  /** It is seen only where work is left after it. */
  needsWorkAfter?: true;
  /** At most so many for one task in a night. */
  most?: number;
  /**
   * How long it takes Codex, or our program with what it was set to, to end the session, and how long a wait may
   * follow once what was broken is whole again, ms. Only so much counts as imposed by the fault.
   */
  imposes: { dyingMs: number; waitMs: number };
  /** Strikes. What it answers is the model's answer; null leaves that to the worker. */
  strike(blow: Blow): Promise<Answer | null> | Answer | null;
};

export type PlannedFault = {
  number: number;
  kind: FaultKind;
  task: string;
  /** Where it is to strike; where it can't (another one is at work), at the next place that fits. */
  step: number;
  moment: Moment;
  /** Chance, for whatever the kind makes of it: from 0 up to 1. */
  chance: number;
};

export type StruckFault = PlannedFault & {
  asked: Asked;
  at: number;
  /** The marker of the session that it struck. */
  uuid: string | null;
  /** When what it broke was whole again; null while it is not, or where there is nothing to mend. */
  mendedAt: number | null;
  /** Where it was seen: in the journal, or in a process record. */
  evidence: string | null;
  /** What the fault itself knows of what was done about it. */
  answer: string | null;
  /** What it does goes on. */
  isAtWork: boolean;
};

export type Blow = {
  asked: Asked;
  fault: StruckFault;
  night: NightDoors;
  /** What the worker would say. */
  worker(): Answer;
  /** From now on such requests get this answer, until it returns null. */
  keepAnswering(answer: (asked: Asked) => Answer | null): void;
  /** Does something beside the request that is being answered; the fault is at work until it is done. */
  beside(work: () => Promise<void>): void;
};
