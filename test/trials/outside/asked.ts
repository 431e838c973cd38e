// What Codex asked of the model, in words of our tasks: which session, which step, and how far it has come. The
// journal of these is what verdicts stand on: it is kept by the model, where our program has no say.

import type { ModelRequest } from '../../../source/demo/model-request.ts';
import { readPrompt } from '../../../source/demo/read-prompt.ts';

/**
 * How far a session is with its step, by what the model is about to say: what to read first, the step's own work,
 * the tick, and the last word. An Initializer has `start`, `work` (its plan) and `end`.
 */
export type Moment = 'start' | 'work' | 'tick' | 'end';

export type Asked = {
  /** Epoch ms. */
  at: number;
  task: string;
  session: number;
  role: 'initializer' | 'executor';
  /** The step that it is at, 0 for the Initializer. */
  step: number;
  moment: Moment;
  /** How many tools have answered since the prompt. */
  tools: number;
  /** The prompt's notes on the session before. */
  notes: readonly string[];
  threadId: string | null;
  /** Above 1 in a conversation that was resumed. */
  turn: number;
  /** Null where the worker answered as on any day, else the name of the fault. */
  answeredBy: string | null;
};

/** Null for a request that is none of our tasks. One step a session. */
export function readAsked(request: ModelRequest): Asked | null {
  const reading = readPrompt(request.prompt);
  if ('missing' in reading) return null;
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

/** Whether one is as far with the task as the other, or further. */
export function isAsFarAs(one: Asked, other: Pick<Asked, 'step' | 'moment'>): boolean {
  if (one.step !== other.step) return one.step > other.step;
  return order.indexOf(one.moment) >= order.indexOf(other.moment);
}
