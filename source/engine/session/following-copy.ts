// Keeps session.log a tenth of a second behind what Codex writes, at most. Whatever becomes of session.log, the session
// goes on: it is said once, and tried again.

import type { SessionRecord } from '../../core/run/record.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import { createNotifier } from '../notifier.ts';
import { serially } from '../serially.ts';
import type { LogCopy } from '../../system/copy/log-copy.ts';
import { endLines, type RecordedEnd } from './log-lines.ts';
import type { SessionContext } from './reading.ts';

/** Watchers are only hints; this regular look is what counts. Without hints it alone keeps the copy close. */
const lookEveryMs = { withHints: 500, alone: 100 };

export type FollowedCopy = {
  /** Call when no process of the session lives. Null if session.log is not what Codex wrote. May be retried. */
  end(end: Omit<RecordedEnd, 'startLine'>): Promise<NonNullable<SessionRecord['ended']>['copy']>;
};

export function followCopy(context: SessionContext, copy: LogCopy): FollowedCopy {
  const { deps, listener } = context;
  const { clock, state } = deps;
  let isTold = false;
  let isOver = false;
  const copyOn = serially(async () => {
    if (isOver) return;
    try {
      await copy.copyOn();
    } catch (error) {
      if (!isTold)
        tell(`session.log cannot be written: ${errorMessage(error)}. The session goes on.`);
      isTold = true;
    }
  });
  const hint = createNotifier(clock);
  hint.subscribe(() => void copyOn());
  const watcher = deps.watchDirectory(state.path, (name) => {
    if (name === null || state.outputPath(context.record.uuid).endsWith(`/${name}`)) hint.due();
  });
  // It takes no turn of a hint: the line after it would wait for the next one.
  const stopLooking = clock.every(
    watcher.isActive ? lookEveryMs.withHints : lookEveryMs.alone,
    () => void copyOn(),
  );

  function tell(sentence: string): void {
    listener.announced({ kind: 'note', sentence });
  }

  const { end } = finishCopy(context, copy);
  return {
    end: async (recorded) => {
      watcher.close();
      stopLooking();
      hint.close();
      isOver = true;
      // Waits for one that is under way.
      await copyOn();
      return end(recorded);
    },
  };
}

/** The same for a session that is dead: its copy is finished in one go. */
export function finishCopy(
  { deps, listener, record }: SessionContext,
  copy: LogCopy,
): FollowedCopy {
  const { state } = deps;
  const { uuid, number: session } = record;
  return {
    end: async (end) => {
      const copied = await copy.end((endOfOutput) => endLines(record, end, endOfOutput));
      await copy.close();
      const { offset, length, sha256 } = copied;
      await state.noteCopy({ uuid, session, offset, length, sha256 });
      if (sha256 !== null) return { length, sha256 };
      const path = state.outputPath(uuid);
      const sentence = `The log of session ${session} was changed by another process: what Codex wrote is kept in ${path}`;
      listener.announced({ kind: 'note', sentence });
      return null;
    },
  };
}
