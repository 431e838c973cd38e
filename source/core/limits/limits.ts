// What a run may use, and what it waits for before its sessions start. From options alone.

import { clock, duration, tokens } from '../text/numbers.ts';
import type { Hours } from './hours.ts';

/** Remembered for the task. */
export type TaskLimits = {
  /** Of the whole task: input that was not cached, plus output. */
  maxTokens: number | null;
  /** Of one run, ms; waits do not count. */
  maxTimeMs: number | null;
  /** No session starts outside them. */
  hours: Hours | null;
  /** The task that must be done before the first session of a run. */
  after: string | null;
};

export type RunLimits = TaskLimits & {
  /** No session starts after this time, and one that runs is interrupted; epoch ms. */
  until: number | null;
  /** The user looks at the plan before a working session starts. */
  planOnly: boolean;
};

export const noTaskLimits: TaskLimits = {
  maxTokens: null,
  maxTimeMs: null,
  hours: null,
  after: null,
};

export const noLimits: RunLimits = { ...noTaskLimits, until: null, planOnly: false };

/** How the task is that another one comes after. `problem`: why it will not be done by itself, one clause. */
export type Predecessor = 'done' | 'under way' | { problem: string };

/** What such a run needs the user for, once there is a plan. */
export const lookAtPlan = 'look at the plan';

export function waitsForLook({ word, reason }: { word: string; reason: string | null }): boolean {
  return word === 'needs you' && reason === lookAtPlan;
}

/** What a run has used of its budgets. */
export type Spent = {
  /** Tokens of the whole task. */
  tokens: number;
  /** Time at work in this run, ms, and since when it is at work now, epoch ms; null while it waits. */
  worked: { ms: number; since: number | null };
};

export const nothingSpent: Spent = { tokens: 0, worked: { ms: 0, since: null } };

/** Which limit is reached, as the reason of a task that stopped: `budget: 5.0M tokens`. Null while none is. */
export function reachedLimit(limits: RunLimits, spent: Spent, at: number): string | null {
  const { maxTokens, maxTimeMs, until } = limits;
  if (maxTokens !== null && spent.tokens >= maxTokens) return `budget: ${tokens(maxTokens)} tokens`;
  if (maxTimeMs !== null && workedMs(spent, at) >= maxTimeMs) {
    return `budget: ${duration(maxTimeMs)} of work`;
  }
  return until !== null && at >= until ? `until ${clock(until)}` : null;
}

/** Whether that is a budget, which a larger one lifts. */
export function isBudget(reached: string): boolean {
  return reached.startsWith('budget: ');
}

/** When time alone reaches a limit, epoch ms; null if it never does. */
export function nextLimitAt({ maxTimeMs, until }: RunLimits, spent: Spent): number | null {
  const { ms, since } = spent.worked;
  const spentAt = maxTimeMs === null || since === null ? null : since + maxTimeMs - ms;
  if (spentAt === null || until === null) return spentAt ?? until;
  return Math.min(spentAt, until);
}

export function workedMs({ worked: { ms, since } }: Spent, at: number): number {
  return since === null ? ms : ms + Math.max(0, at - since);
}

/** The run is at work from now on, or waits. */
export function countWork(spent: Spent, isAtWork: boolean, at: number): Spent {
  if ((spent.worked.since !== null) === isAtWork) return spent;
  return { ...spent, worked: { ms: workedMs(spent, at), since: isAtWork ? at : null } };
}

/** `16k of 20k tokens, 2m 05s of 8h 00m of work`; empty without a budget. */
export function spentWords(
  { maxTokens, maxTimeMs }: Pick<TaskLimits, 'maxTokens' | 'maxTimeMs'>,
  spent: Spent,
  at: number,
): string {
  const parts = [
    ...(maxTokens === null ? [] : [`${tokens(spent.tokens)} of ${tokens(maxTokens)} tokens`]),
    ...(maxTimeMs === null
      ? []
      : [`${duration(workedMs(spent, at))} of ${duration(maxTimeMs)} of work`]),
  ];
  return parts.join(', ');
}
