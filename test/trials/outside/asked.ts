// A request of Codex to the model, in terms of our tasks: which session, which step, and how far it is. Verdicts are
// based on the journal of these: the model keeps it, out of our program's reach.

import type { ModelRequest } from '../../../source/demo/model-request.ts';
import { readPrompt } from '../../../source/demo/read-prompt.ts';

/**
 * How far a session is with its step, by what the model is about to say: what to read first, the step's work, the
 * tick, and the last message. An Initializer has `start`, `work` (its plan) and `end`.
 */
export type Moment = 'start' | 'work' | 'tick' | 'end';

export type Asked = {
  /** Epoch ms. */
  at: number;
  task: string;
  session: number;
  role: 'initializer' | 'executor';
  /** The current step, 0 for the Initializer. */
  step: number;
  moment: Moment;
  /** How many tools have answered since the prompt. */
  tools: number;
  /** The prompt's notes about the session before. */
  notes: readonly string[];
  threadId: string | null;
  /** Above 1 in a conversation that was resumed. */
  turn: number;
  /** Null if the worker answered normally, otherwise the name of the fault. */
  answeredBy: string | null;
};

/** Null for a request of none of our tasks, and for a Reviewer's, whose prompt names no session. One step per session. */
export function readAsked(request: ModelRequest): Asked | null {
  const reading = readPrompt(request.prompt);
  if ('missing' in reading || reading.role === 'reviewer') return null;
  const tools = request.toolOutputs.length;
  return {
    at: Date.now(),
    task: reading.taskName,
    session: reading.session,
    role: reading.role,
    step: reading.nextStep?.number ?? 0,
    moment: momentOf(reading.role, tools),
    tools,
    notes: [...request.prompt.matchAll(/^Note: (.*)$/gmu)].map(([, note = '']) => note),
    threadId: request.threadId,
    turn: request.turn,
    answeredBy: null,
  };
}

function momentOf(role: Asked['role'], tools: number): Moment {
  const moments: readonly Moment[] =
    role === 'executor' ? ['start', 'work', 'tick'] : ['start', 'work'];
  return moments[tools] ?? 'end';
}

const order: readonly Moment[] = ['start', 'work', 'tick', 'end'];

/** Whether the first is at least as far with the task as the second. */
export function isAsFarAs(one: Asked, other: Pick<Asked, 'step' | 'moment'>): boolean {
  if (one.step !== other.step) return one.step > other.step;
  return order.indexOf(one.moment) >= order.indexOf(other.moment);
}
