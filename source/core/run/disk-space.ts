// A run on a full disk waits for the user, retries now and then, and loses nothing. A session that could not be
// started does not count; one whose end could not be recorded stays open until it can be.

import { diskFull } from '../failure/failure.ts';
import { askUser } from './decision/after-failure.ts';
import { after, ended, failedEnding, pausedEnding, same, fatalEnding, wakeAt } from './next.ts';
import { leaveQueue } from './decision/queue.ts';
import { close } from './stop.ts';
import type { Next, Phase, Run } from './run.ts';

/** For lack of disk space the current session could not be started, or its end could not be recorded. */
export function withoutDiskSpace(run: Run, sentence: string, at: number): Next {
  const { phase } = run;
  switch (phase.name) {
    case 'queued':
      return leaveQueue(askUser(run, diskFull(sentence), at));
    case 'starting': {
      const { resumes, additions } = phase.plan;
      const over = endingWanted(run, at);
      if (over !== null) return over;
      const sessionsStarted = run.sessionsStarted - 1;
      const before: Run = { ...run, sessionsStarted, resume: resumes, additions };
      return askUser(before, diskFull(sentence), at);
    }
    case 'closing': {
      const over = endingWanted(run, at);
      if (over !== null) return over;
      if (!run.settings.waitsForUser) return ended(run, failedEnding(sentence, at));
      const until = at + run.settings.lookAgainMs;
      const held: Run = { ...run, phase: { ...phase, heldUpBy: diskFull(sentence) } };
      return after(
        [{ do: 'say', announcement: { kind: 'waits', reason: sentence, until } }],
        wakeAt(held, until),
      );
    }
    default:
      return same(run);
  }
}

export function isHeldUp(phase: Phase): boolean {
  return phase.name === 'closing' && phase.heldUpBy !== null;
}

/** Retries recording the end of a session that was held up. */
export function closeAgain(run: Run): Next {
  const { phase } = run;
  return phase.name === 'closing' && phase.heldUpBy !== null
    ? close(run, phase.plan, phase.of)
    : same(run);
}

function endingWanted(run: Run, at: number): Next | null {
  if (run.fatal !== null) return ended(run, fatalEnding(run.fatal, at));
  return run.pause === 'none' ? null : ended(run, pausedEnding(at));
}
