// A run told step by step: facts go in, the effects of the last fact are kept, and the clock stands still in between.

import { noReview } from '../../source/core/review/review.ts';
import { beginRun } from '../../source/core/run/begin-run.ts';
import { step } from '../../source/core/run/step.ts';
import type { ListLook, ListRead } from '../../source/core/checklist/list-look.ts';
import type { Fact } from '../../source/core/run/fact.ts';
import {
  bottomOfLadder,
  type Announcement,
  type Effect,
  type Next,
  type Run,
  type RunBeginning,
  type SessionPlan,
} from '../../source/core/run/run.ts';
import { nothingSpent } from '../../source/core/limits/limits.ts';
import type { PartAnswer } from '../../source/core/stage/stage.ts';
import { defaultRunSettings, type RunSettings } from '../../source/core/run/settings.ts';
import { failureOf, type Failure } from '../../source/core/failure/failure.ts';

export type StoryBeginning = Partial<Omit<RunBeginning, 'settings'>> & {
  settings?: Partial<RunSettings>;
};

export const missing: ListLook = { kind: 'missing' };
export const open: ListLook = listOf({ done: 1, total: 3 });
export const allDone: ListLook = listOf({ done: 3, total: 3 });
export const empty: ListLook = listOf({ done: 0, total: 0 });

/** The first steps are ticked, unless `next` says which step comes next. */
export function listOf({
  done,
  total,
  next = done < total ? `${done + 1}. Do part ${done + 1}` : null,
}: {
  done: number;
  total: number;
  next?: string | null;
}): ListRead {
  return { kind: 'read', done, total, next };
}

export function beginningOf({ settings, ...rest }: StoryBeginning = {}): RunBeginning {
  return {
    nextSession: 1,
    sessionsStarted: 0,
    failuresInARow: 0,
    unexplainedInARow: 0,
    ladder: bottomOfLadder,
    tickedBefore: null,
    hadSteps: false,
    spent: nothingSpent,
    resume: null,
    additions: [],
    told: [],
    unproven: 0,
    repairs: 0,
    held: null,
    review: noReview,
    wasDone: false,
    stage: null,
    pause: 'none',
    open: null,
    ...rest,
    // What happens between two sessions has tests of its own.
    settings: { ...defaultRunSettings, stage: [], ...settings },
  };
}

export function planOf(number: number, more: Partial<SessionPlan> = {}): SessionPlan {
  return { number, role: 'executor', resumes: null, additions: [], ...more };
}

/** Codex's last words, classified. */
export function failing(message: string): Failure {
  return failureOf({ message, stderr: '', sandboxTrouble: null, exitCode: 1, signal: null });
}

export class Story {
  run: Run;
  /** The effects of the last fact. */
  effects: readonly Effect[];
  at: number;
  /** Whether the start permit is given at once, or when the test says so. */
  permit: 'at once' | 'on request' = 'at once';

  constructor(beginning: StoryBeginning = {}, at = 1_000_000) {
    this.at = at;
    const first = beginRun(beginningOf(beginning), at);
    this.run = first.run;
    this.effects = first.effects;
  }

  tell(fact: Fact): this {
    return this.#take(step(this.run, fact, this.at));
  }

  /** The run looks at the checklist and finds it like this. */
  look(list: ListLook = open, description: 'described' | 'not described' = 'described'): this {
    const hasDescription = description === 'described';
    return this.tell({ kind: 'looked', list, hasDescription, full: null });
  }

  /** A session runs from its start to its exit. */
  exit(): this {
    const { session } = this;
    return this.tell({ kind: 'started', session }).tell({ kind: 'exited', session });
  }

  /** The current session is closed. */
  close(failure: Failure | null = null, list: ListLook = open): this {
    return this.tell({ kind: 'closed', session: this.session, failure, list });
  }

  /** The part of the stage that is due has ended. */
  settle(answer: PartAnswer = {}): this {
    const { phase, nextSession } = this.run;
    if (phase.name !== 'settling') throw new Error(`no stage in phase ${phase.name}`);
    const [part] = phase.left;
    if (part === undefined) throw new Error('nothing is left of the stage');
    return this.tell({ kind: 'settled', session: nextSession - 1, part, answer });
  }

  /** A whole session, from the look at the checklist to the record of its end. */
  live(failure: Failure | null = null, list: ListLook = open): this {
    return this.look().exit().close(failure, list);
  }

  /** Time passes until the last timer that was set fires. */
  wake(): this {
    const timer = this.timer;
    this.at = timer.at;
    return this.tell({ kind: 'time', epoch: timer.epoch });
  }

  get phase(): string {
    return this.run.phase.name;
  }

  /** The number of the current session. */
  get session(): number {
    return this.plan.number;
  }

  get plan(): SessionPlan {
    if (!('plan' in this.run.phase)) throw new Error(`no session in phase ${this.phase}`);
    return this.run.phase.plan;
  }

  get timer(): Extract<Effect, { do: 'wake' }> {
    const timer = this.effects.find((effect) => effect.do === 'wake');
    if (timer === undefined) throw new Error('no timer was set');
    return timer;
  }

  /** The effects in short: `signal SIGINT`, `start 2`, `wake in 3000`. */
  get done(): string[] {
    return this.effects.map((effect) => this.#inShort(effect));
  }

  get announced(): Announcement[] {
    return this.effects.flatMap((effect) => (effect.do === 'say' ? [effect.announcement] : []));
  }

  /** How the run ended; null until then. */
  get ending(): string | null {
    if (this.run.phase.name !== 'ended') return null;
    const { kind, sentence } = this.run.phase.ending;
    return sentence === null ? kind : `${kind}: ${sentence}`;
  }

  #take(next: Next): this {
    this.run = next.run;
    this.effects = next.effects;
    const asked = next.effects.find((effect) => effect.do === 'request permit');
    if (asked === undefined || this.permit === 'on request') return this;
    // The permit is given at once, as on a machine that has nothing else to do.
    const given = step(this.run, { kind: 'permit given', session: asked.plan.number }, this.at);
    this.run = given.run;
    this.effects = [...next.effects.filter((effect) => effect !== asked), ...given.effects];
    return this;
  }

  #inShort(effect: Effect): string {
    switch (effect.do) {
      case 'look':
        return 'look';
      case 'request permit':
        return `request permit ${effect.plan.number}`;
      case 'hurry permit':
      case 'drop permit':
        return effect.do;
      case 'start':
        return `start ${effect.plan.number}`;
      case 'signal':
        return `signal ${effect.signal}`;
      case 'close':
        return `close ${effect.plan.number}`;
      case 'wake':
        return `wake in ${effect.at - this.at}`;
      case 'settle':
        return `settle ${effect.part}`;
      case 'stop settling':
        return effect.do;
      case 'save thread':
        return `save ${effect.threadId}`;
      case 'say':
        return `say ${effect.announcement.kind}`;
      case 'end':
        return `end ${effect.ending.kind}`;
      default:
        return effect satisfies never;
    }
  }
}
