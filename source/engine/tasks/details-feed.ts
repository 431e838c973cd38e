// The details of the one task on the details pane, kept current while it is shown. A few stats a second tell what
// must be read again; its sessions are read only once the Sessions page asks for them.

import { cleanLine } from '../../core/text/clean.ts';
import { emptyChecklist, readChecklist } from '../../core/checklist/checklist.ts';
import { safeText } from '../../core/text/safe-text.ts';
import { isSameDirectory, type RunRecord } from '../../core/run/record.ts';
import { maskSecrets } from '../../core/text/secrets.ts';
import type { TaskDetails } from '../../core/task/details.ts';
import { readStepTimes } from '../../core/checklist/step-times.ts';
import type { Clock } from '../../system/clock.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';
import { keepLooking } from '../pace.ts';
import { serially } from '../serially.ts';
import { sessionHistory, type SessionHistory } from './session-history.ts';
import { createNotifier } from '../notifier.ts';
import type { LogTail } from '../../system/log/tail.ts';

type DetailsDeps = {
  clock: Clock;
  name: string;
  task: TaskDirectory;
  /** Null for an invalid name, which is listed but not acted on. */
  state: StateDirectory | null;
  /** The directory as shown to the user. */
  directory: string;
  /** A text that changes when anything shown may have changed. */
  fingerprint(): string;
  tailLog(path: string): LogTail;
};

export type DetailsFeed = {
  /** The same object until something changes; null before the first read. */
  details(): TaskDetails | null;
  /** From now on its sessions are read too. */
  wantSessions(): void;
  /** The task changed: looks now instead of at the next second. */
  hurry(): void;
  subscribe(listener: () => void): () => void;
  close(): void;
};

export type OpenDetails = (task: string) => DetailsFeed;

const maxNotesLength = 200_000;

export function followDetails(deps: DetailsDeps): DetailsFeed {
  const notifier = createNotifier(deps.clock);
  let details: TaskDetails | null = null;
  let history: SessionHistory | null = null;
  let fingerprint: string | null = null;
  let isClosed = false;

  const look = serially(async () => {
    const now = deps.fingerprint();
    const isNew = now !== fingerprint;
    const hasNewSessions = history !== null && (await history.read());
    const sessions = history?.sessions() ?? null;
    // A log without sessions is a result too.
    const isFirst = sessions !== null && details?.sessions === null;
    if (isClosed || (!isNew && !hasNewSessions && !isFirst)) return;
    details = isNew || details === null ? await read(deps, sessions) : { ...details, sessions };
    fingerprint = now;
    if (isClosed) return;
    pace.hurry();
    notifier.due();
  });

  const lookNow = (): void => void look().catch(() => {});
  const pace = keepLooking(deps.clock, lookNow);
  const hurry = (): void => {
    pace.hurry();
    lookNow();
  };
  hurry();
  return {
    details: () => details,
    wantSessions: () => {
      if (history !== null || isClosed) return;
      history = sessionHistory(deps.tailLog(deps.task.logPath));
      hurry();
    },
    hurry,
    subscribe: notifier.subscribe,
    close: () => {
      isClosed = true;
      pace.stop();
      history?.close().catch(() => {});
    },
  };
}

async function read(
  { name, task, state, directory }: DetailsDeps,
  sessions: TaskDetails['sessions'],
): Promise<TaskDetails> {
  const list = await task.readList();
  const { steps } = list.kind === 'text' ? readChecklist(list.text) : emptyChecklist;
  const record = await recordOf(task, state);
  const description = await task.readDescription();
  const notes = await task.readNotes();
  return {
    task: name,
    description: description === null ? null : safeText(description, maxNotesLength),
    directory: cleanLine(directory),
    steps: steps.map((step) => ({ ...step, text: maskSecrets(step.text) })),
    // Without a record of this very directory the step times may belong to a deleted task.
    ticks: record === null ? [] : readStepTimes((await state?.readTicks().catch(() => '')) ?? ''),
    notes: notes === null ? null : safeText(notes, maxNotesLength),
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
