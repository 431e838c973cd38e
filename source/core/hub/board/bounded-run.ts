// A run of another machine with numbers that can be shown. A hostile machine may write any number: one that no date has would
// throw where it is drawn.

import type { RunRecord } from '../../run/record.ts';

/** A list with more steps is none. */
export const mostSteps = 1_000_000;

/** What a time cannot lie behind: the year 2200. */
const lastTime = 7.3e12;
const mostTokens = 1e15;
const mostSessions = 1_000_000;

/** Its machine's clock may differ: nothing has begun or ended later than `now`. */
export function boundedRun(run: RunRecord, now: number): RunRecord {
  const { session, wait, usage, ending, until, maxSessions } = run;
  const past = (at: number): number => within(at, now);
  return {
    ...run,
    startedAt: past(run.startedAt),
    until: until === null || until > lastTime ? null : within(until, lastTime),
    maxSessions: maxSessions === null ? null : within(Math.round(maxSessions), mostSessions),
    sessionsInRun: within(run.sessionsInRun, mostSessions),
    unproven: within(run.unproven, mostSteps),
    ending: ending && { ...ending, at: past(ending.at) },
    wait: wait && {
      ...wait,
      until: wait.until === null || wait.until > lastTime ? null : within(wait.until, lastTime),
    },
    session:
      session === null || !Number.isSafeInteger(session.number) || session.number > mostSessions
        ? null
        : {
            ...session,
            number: Math.max(0, session.number),
            startedAt: past(session.startedAt),
            ended: session.ended && { ...session.ended, at: past(session.ended.at) },
          },
    usage: {
      inputTokens: within(usage.inputTokens, mostTokens),
      cachedInputTokens: within(usage.cachedInputTokens, mostTokens),
      outputTokens: within(usage.outputTokens, mostTokens),
      reasoningTokens: within(usage.reasoningTokens, mostTokens),
    },
  };
}

function within(value: number, most: number): number {
  return Number.isFinite(value) ? Math.min(Math.max(0, value), most) : 0;
}
