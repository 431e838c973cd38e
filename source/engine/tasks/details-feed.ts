// The details of the one task on the details pane, kept current while it is shown. A few stats a second tell what
// must be read again. Its sessions come with its log.

import { cleanLine } from '../../core/text/clean.ts';
import { emptyChecklist, readChecklist } from '../../core/checklist/checklist.ts';
import { readListText } from '../../core/checklist/list-text.ts';
import { replacedSteps } from '../../core/checklist/replaced-list.ts';
import { shownStep } from '../../core/edit/step-name.ts';
import { unprovenSteps } from '../../core/evidence/unproven.ts';
import { safeLine, safeText } from '../../core/text/safe-text.ts';
import type { GuidancePiece } from '../../core/guidance/guidance.ts';
import { isSameDirectory, type RunRecord } from '../../core/run/record.ts';
import { maskSecrets } from '../../core/text/secrets.ts';
import { spentTokens } from '../../core/codex/usage.ts';
import { nothingSpent, type Spent } from '../../core/limits/limits.ts';
import { noTaskOptions, optionWords, type TaskOptions } from '../../core/task/options.ts';
import type { TaskDetails } from '../../core/task/details.ts';
import { reviewsOf } from '../../core/report/reviews.ts';
import { readStepTimes } from '../../core/checklist/step-times.ts';
import type { Clock } from '../../system/clock.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';
import { keepLooking } from '../pace.ts';
import { serially } from '../serially.ts';
import { createNotifier } from '../notifier.ts';

type DetailsDeps = {
  clock: Clock;
  name: string;
  task: TaskDirectory;
  /** Null for an invalid name, which is listed but not acted on. */
  state: StateDirectory | null;
  /** The directory as shown to the user. */
  directory: string;
  /** The model that Codex last used in a conversation; null while it is not known. Absent: nobody can tell. */
  modelOf?(threadId: string): Promise<string | null>;
  /** A text that changes when anything shown may have changed. */
  fingerprint(): string;
};

export type DetailsFeed = {
  /** The same object until something changes; null before the first read. */
  details(): TaskDetails | null;
  /** The task changed: looks now instead of at the next second. Resolves when it has looked. */
  hurry(): Promise<void>;
  subscribe(listener: () => void): () => void;
  close(): void;
};

export type OpenDetails = (task: string) => DetailsFeed;

const maxNotesLength = 200_000;
const maxWordsLength = 1000;

export function followDetails(deps: DetailsDeps): DetailsFeed {
  const notifier = createNotifier(deps.clock);
  let details: TaskDetails | null = null;
  let fingerprint: string | null = null;
  let isClosed = false;

  const look = serially(async () => {
    const now = deps.fingerprint();
    // Codex writes its record of a conversation where no look goes: until it names the model, each look asks.
    const isKnown = details?.lastUsed?.model !== null;
    if (isClosed || (now === fingerprint && isKnown)) return;
    if (now === fingerprint && !(await isModelKnown(deps))) return;
    details = await read(deps);
    fingerprint = now;
    if (isClosed) return;
    pace.hurry();
    notifier.due();
  });

  const lookNow = (): Promise<void> => look().catch(() => {});
  const pace = keepLooking(deps.clock, () => void lookNow());
  const hurry = (): Promise<void> => {
    pace.hurry();
    return lookNow();
  };
  void hurry();
  return {
    details: () => details,
    hurry,
    subscribe: notifier.subscribe,
    close: () => {
      isClosed = true;
      pace.stop();
    },
  };
}

async function read(deps: DetailsDeps): Promise<TaskDetails> {
  const { name, task, state, directory, modelOf } = deps;
  const readAt = deps.clock.monotonic();
  const list = await task.readList();
  const text = list.kind === 'text' ? list.text : '';
  const { steps } = text === '' ? emptyChecklist : readChecklist(text);
  const record = await recordOf(task, state);
  const options = await optionsOf(task, state);
  const description = await task.readDescription();
  const notes = await task.readNotes();
  return {
    task: name,
    readAt,
    description: description === null ? null : safeText(description, maxNotesLength),
    directory: cleanLine(directory),
    steps: steps.map(shownStep),
    // Without a record of this very directory the step times may belong to a deleted task.
    ticks: record === null ? [] : readStepTimes((await state?.readTicks().catch(() => '')) ?? ''),
    unproven: await unprovenOf({ task, state }, text),
    replaced: await replacedOf({ task, state }, text),
    notes: notes === null ? null : safeText(notes, maxNotesLength),
    options: optionWords(options).map((word) => maskSecrets(cleanLine(word))),
    budget: { limits: options, spent: spentIn(record) },
    guidance: await guidanceOf({ task, state }),
    review: await reviewOf(record, options, state),
    lastUsed: await lastUsedIn(record, modelOf),
    run: record && {
      startedAt: record.startedAt,
      sandbox: record.sandbox,
      autoContinue: record.autoContinue,
      maxSessions: record.maxSessions,
      sessions: record.sessionsInRun,
      until: record.until,
    },
  };
}

async function isModelKnown({ task, state, modelOf }: DetailsDeps): Promise<boolean> {
  return (await lastUsedIn(await recordOf(task, state), modelOf))?.model != null;
}

async function lastUsedIn(
  record: RunRecord | null,
  modelOf: DetailsDeps['modelOf'],
): Promise<TaskDetails['lastUsed']> {
  const { session = null } = record ?? {};
  if (session?.threadId == null || modelOf === undefined) return null;
  const model = await modelOf(session.threadId);
  return {
    session: session.number,
    model: model === null ? null : cleanLine(model),
    ...(session.profile === undefined
      ? {}
      : { profile: session.profile === null ? null : cleanLine(session.profile) }),
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

type TaskFiles = Pick<DetailsDeps, 'task' | 'state'>;

async function unprovenOf({ task, state }: TaskFiles, list: string) {
  const ticks = (await state?.readUnproven(await task.identity()).catch(() => [])) ?? [];
  if (ticks.length === 0) return [];
  return unprovenSteps(ticks, readListText(list).steps).map((step) => ({
    ...step,
    reason: safeLine(step.reason, maxWordsLength),
  }));
}

async function replacedOf(
  { task, state }: TaskFiles,
  list: string,
): Promise<TaskDetails['replaced']> {
  const replaced = await state?.readReplacedList(await task.identity()).catch(() => null);
  const steps = replaced == null ? null : replacedSteps(replaced, list);
  if (replaced == null || steps === null) return null;
  return {
    session: replaced.session,
    steps: steps.map(({ number, text, instead }) => ({
      number,
      text: safeLine(text, maxWordsLength),
      instead: instead === null ? null : safeLine(instead, maxWordsLength),
    })),
  };
}

async function guidanceOf({ task, state }: TaskFiles): Promise<readonly GuidancePiece[]> {
  const pieces = (await state?.readGuidance(await task.identity()).catch(() => [])) ?? [];
  return pieces.map((piece) => ({ ...piece, text: safeText(piece.text, maxNotesLength) }));
}

async function optionsOf(task: TaskDirectory, state: StateDirectory | null): Promise<TaskOptions> {
  if (state === null) return noTaskOptions;
  return state.readOptions(await task.identity()).catch(() => noTaskOptions);
}

/** The journal is read only where it has something to say. */
async function reviewOf(
  record: RunRecord | null,
  options: TaskOptions,
  state: StateDirectory | null,
): Promise<NonNullable<TaskDetails['review']> | null> {
  if (record === null || state === null) return null;
  const { round, rejected, unclear, last } = record.review;
  const isReviewed = round > 0 || unclear > 0 || record.session?.role === 'reviewer';
  if (!isReviewed && options.review !== true) return null;
  const journal = await state.readJournal().catch(() => []);
  return { round, rejected, findings: last.length, reviews: reviewsOf(journal) };
}

function spentIn(record: RunRecord | null): Spent {
  if (record === null) return nothingSpent;
  return { tokens: spentTokens(record.usage), worked: record.worked };
}
