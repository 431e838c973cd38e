// Tells the user's notify command what happens in a run. It delays nothing: the run goes on while the command works, and
// what comes of it is only noted.

import type { NotifyDocument, NotifySettings } from '../../core/notify/events.ts';
import { happeningsBetween, nothingSaid, type Said } from '../../core/notify/happenings.ts';
import type { Run } from '../../core/run/run.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import type { RunnerDeps, RunRequest } from './runner-deps.ts';

type NoticesOf = {
  deps: Pick<RunnerDeps, 'clock' | 'notify' | 'state'>;
  request: Pick<RunRequest, 'task' | 'project' | 'settings'>;
  /** Why the run needed the user when its runner died: that was said. */
  needed: string | null;
};

/** `moved`: call with each step of the run. */
type Notices = { moved(before: Run, after: Run): void };

export function noticesOf({ deps, request, needed }: NoticesOf): Notices {
  const { command, on }: NotifySettings = request.settings.notify;
  let said: Said = { ...nothingSaid, needsYou: needed };
  return {
    moved: (before, after) => {
      const next = happeningsBetween(before, after, said);
      said = next.said;
      if (command.length === 0) return;
      for (const { event, sentence } of next.happenings) {
        if (!on.includes(event)) continue;
        const document: NotifyDocument = {
          version: 1,
          event,
          task: request.task,
          project: request.project,
          sentence: safeLine(sentence, longestSentence),
          done: after.lastList?.done ?? 0,
          total: after.lastList?.total ?? 0,
          at: new Date(deps.clock.now()).toISOString(),
        };
        void deps
          .notify(command, document)
          .then((problem) => (problem === null ? undefined : deps.state.note(problem)));
      }
    },
  };
}

const longestSentence = 500;
