// What is known of the one task that is looked at closer, kept true while one looks. A few stats a second tell
// whether anything is to be read again; its sessions are read when somebody asks for them.

import { cleanLine } from '../../core/text/clean.ts';
import { emptyChecklist, readChecklist } from '../../core/checklist/checklist.ts';
import { keptText } from '../../core/text/safe-text.ts';
import { isSameDirectory, type RunRecord } from '../../core/run/record.ts';
import { maskSecrets } from '../../core/text/secrets.ts';
import type { TaskDetails } from '../../core/task/details.ts';
import { readTicks } from '../../core/checklist/step-times.ts';
import type { Clock } from '../../system/clock.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';
import { keepLooking } from '../pace.ts';
import { serially } from '../serially.ts';
import { sessionHistory, type SessionHistory } from './session-history.ts';
import { createNotice } from '../notifier.ts';
import type { LogTail } from '../../system/log/tail.ts';

export type DetailsDoors = {
  clock: Clock;
  name: string;
  task: TaskDirectory;
  /** Null for a name that is not acted on. */
  state: StateDirectory | null;
  /** How the directory is called for people. */
  directory: string;
  /** Another text when something that is shown may have changed. */
  fingerprint(): string;
  tailLog(path: string): LogTail;
};

export type DetailsFeed = {
  /** The same object as long as nothing changed; null before it was read. */
  details(): TaskDetails | null;
  /** From now on its sessions are read, too. */
  wantSessions(): void;
  /** The task changed: looks now, not at the next second. */
  hurry(): void;
  subscribe(listener: () => void): () => void;
  close(): void;
};

export type OpenDetails = (task: string) => DetailsFeed;

const maxNotesLength = 200_000;

export function followDetails(doors: DetailsDoors): DetailsFeed {
  const notice = createNotice(doors.clock);
  let details: TaskDetails | null = null;
  let history: SessionHistory | null = null;
  let fingerprint: string | null = null;
  let isClosed = false;

  const look = serially(async () => {
    const now = doors.fingerprint();
    const isNew = now !== fingerprint;
    const hasNewSessions = history !== null && (await history.read());
    const sessions = history?.sessions() ?? null;
    // A log without a session is an answer as well.
    const isFirst = sessions !== null && details?.sessions === null;
    if (isClosed || (!isNew && !hasNewSessions && !isFirst)) return;
    details = isNew || details === null ? await read(doors, sessions) : { ...details, sessions };
    fingerprint = now;
    if (isClosed) return;
    pace.hurry();
    notice.due();
  });

  const lookNow = (): void => void look().catch(() => {});
  const pace = keepLooking(doors.clock, lookNow);
  const hurry = (): void => {
    pace.hurry();
    lookNow();
  };
  hurry();
  return {
    details: () => details,
    wantSessions: () => {
      if (history !== null || isClosed) return;
      history = sessionHistory(doors.tailLog(doors.task.logPath));
      hurry();
    },
    hurry,
    subscribe: notice.subscribe,
    close: () => {
      isClosed = true;
      pace.stop();
      history?.close().catch(() => {});
    },
  };
}

async function read(
  { name, task, state, directory }: DetailsDoors,
  sessions: TaskDetails['sessions'],
): Promise<TaskDetails> {
  const list = await task.readList();
  const { steps } = list.kind === 'text' ? readChecklist(list.text) : emptyChecklist;
  const record = await recordOf(task, state);
  const description = await task.readDescription();
  const notes = await task.readNotes();
  return {
    task: name,
    description: description === null ? null : keptText(description, maxNotesLength),
    directory: cleanLine(directory),
    steps: steps.map((step) => ({ ...step, text: maskSecrets(step.text) })),
    // Without a record of this very directory the ticks may be of a task that was deleted.
    ticks: record === null ? [] : readTicks((await state?.readTicks().catch(() => '')) ?? ''),
    notes: notes === null ? null : keptText(notes, maxNotesLength),
    run: record && {
      startedAt: record.startedAt,
      sandbox: record.sandbox,
      autoContinue: record.autoContinue,
      maxSessions: record.maxSessions,
      sessions: record.sessionsInRun,
    },
    sessions,
  };
}

async function recordOf(
  task: TaskDirectory,
  state: StateDirectory | null,
): Promise<RunRecord | null> {
  const record = (await state?.readRecord().catch(() => null)) ?? null;
  const directory = await task.identity();
  if (record === null || directory === null) return null;
  return isSameDirectory(directory, record.directory) ? record : null;
}
