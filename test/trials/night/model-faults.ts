// Faults that the model plays by itself: one session meets them, as often as Codex retries, and no other session.

import { faults } from '../../../source/demo/faults.ts';
import { message } from '../../../source/demo/responses-api.ts';
import type { Answer } from '../../../source/demo/scripted-model.ts';
import type { Moment } from '../outside/asked.ts';
import type { Blow, FaultKind } from './fault.ts';
import { firstBackOffMs, nightSettings } from './settings.ts';

const anyMoment: readonly Moment[] = ['start', 'work', 'tick', 'end'];
/** Codex retries each stream and each request once, with growing pauses. */
const ownRetriesMs = 4000;

export const modelFaults: readonly FaultKind[] = [
  meets('429', faults.tooManyRequests),
  meets('500', faults.serverError),
  meets('at capacity', faults.atCapacity),
  meets('rate limit in the stream', faults.rateLimited),
  meets('stream cut', faults.streamCut),
  { ...meets('context full', faults.contextFull), imposes: { dyingMs: 1000, waitMs: 0 } },
  {
    ...spares('stream cut once'),
    strike: ({ fault }) => {
      fault.evidence = 'one answer was cut';
      return faults.streamCut;
    },
  },
  {
    ...meets('silence', faults.silence),
    imposes: { dyingMs: nightSettings.silentSeconds * 1000 + 1500, waitMs: firstBackOffMs },
  },
  {
    // The turn completes without an error, but nothing was done.
    ...spares('a turn that does nothing'),
    moments: ['start'],
    session: 'ends',
    strike: ({ fault }) => {
      fault.evidence = 'an answer without any tool call';
      return { kind: 'items', items: [message('I have thought about it.')] };
    },
  },
  {
    // Slow, but not silent for long enough to count as a stall.
    ...spares('a slow answer'),
    imposes: { dyingMs: 0, waitMs: slowMs() },
    strike: ({ fault, worker }) => {
      fault.evidence = `one answer took ${slowMs()} ms`;
      return slowed(worker(), slowMs());
    },
  },
  {
    ...spares('a line of 3 MiB'),
    strike: ({ fault, worker }) => {
      fault.evidence = 'a message of 3 MiB';
      return withMessage(worker(), 'x'.repeat(3 * 1024 * 1024));
    },
  },
];

/** One session always gets this answer. */
function meets(name: string, answer: Answer): FaultKind {
  return {
    name,
    by: 'the model',
    moments: anyMoment,
    session: 'ends',
    reach: 'task',
    imposes: { dyingMs: ownRetriesMs, waitMs: firstBackOffMs },
    strike: (blow) => answerThisSession(blow, answer),
  };
}

export function answerThisSession({ asked, fault, keepAnswering }: Blow, answer: Answer): Answer {
  const { task, session } = asked;
  let count = 1;
  fault.evidence = `${answer.kind} once`;
  keepAnswering((later) => {
    if (later.task !== task || later.session !== session) return null;
    count += 1;
    fault.evidence = `${answer.kind} ${count} times`;
    return answer;
  });
  return answer;
}

function spares(name: string): Omit<FaultKind, 'strike'> {
  return {
    name,
    by: 'the model',
    moments: anyMoment,
    session: 'spares',
    reach: 'task',
    imposes: { dyingMs: 0, waitMs: 1000 },
  };
}

function slowMs(): number {
  return nightSettings.silentSeconds * 600;
}

function slowed(answer: Answer, delayMs: number): Answer {
  return answer.kind === 'items' ? { ...answer, delayMs } : answer;
}

function withMessage(answer: Answer, text: string): Answer {
  return answer.kind === 'items' ? { ...answer, items: [message(text), ...answer.items] } : answer;
}
