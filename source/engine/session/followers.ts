// All that follows a session besides the run itself: for stalls, for its effect on the list, for what the user told it,
// for what it costs, and for the files that it names.

import type { SessionResult } from '../../core/codex/session.ts';
import type { SessionRecord } from '../../core/run/record.ts';
import type { SessionFact } from '../../core/run/fact.ts';
import { rememberEnd, rememberOverlap } from '../between/session-memory.ts';
import type { RunListener, RunnerDeps, RunRequest } from '../run/runner-deps.ts';
import type { UnchangingRecord } from '../run/to-record.ts';
import type { FileNotes } from './changed-files.ts';
import { followGuidance } from './guidance.ts';
import { watchList } from './watches/list-watch.ts';
import type { SessionListener } from './reading.ts';
import { followSpending } from './spending.ts';
import { watchForStalls } from './watches/stall-watch.ts';
import type { StepTimes } from './step-times.ts';
import { toldSentence } from './told-guidance.ts';

export type Followers = {
  logged: SessionListener['logged'];
  /** Call when no process of it lives, before its end is recorded. */
  beforeEnd(): Promise<void>;
  /** Its result with what it is known to have used. */
  counted(result: SessionResult): SessionResult;
  /** Stops without remembering anything. */
  close(): void;
};

type Parts = {
  request: RunRequest;
  deps: RunnerDeps;
  listener: RunListener;
  unchanging: UnchangingRecord;
  tell(fact: SessionFact): void;
  ticks: StepTimes;
  files: FileNotes;
};

/** `before`: the list as the session found it; null for an adopted one. */
export function followSession(
  parts: Parts,
  record: SessionRecord,
  before: string | null,
): Followers {
  const { request, deps, listener, tell, ticks, files } = parts;
  const { settings } = request;
  const stalls = watchForStalls({ clock: deps.clock, settings, session: record.number, tell });
  const list = watchList(deps, { record, text: before }, ticks.changed);
  const guidance = followGuidance(deps, record, (pieces) => {
    listener.announced({ kind: 'note', sentence: toldSentence(pieces.length, record.number) });
  });
  const spending = followSpending(parts, record);
  return {
    logged: (event, where) => {
      stalls.seen(event);
      list.saw(event, where);
      guidance.saw(event, where.at);
      files.saw(event);
      spending.saw(event);
      listener.logged(event, where);
    },
    beforeEnd: async () => {
      await rememberEnd(deps, record, { watch: await list.end(), before });
      await rememberOverlap(deps, record, files.noted());
      await guidance.end();
      await spending.end();
    },
    counted: spending.counted,
    close: () => {
      stalls.close();
      void list.end();
      void spending.end();
    },
  };
}
