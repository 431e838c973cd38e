// What the hub has of a task → its details on the screen: the list and notes as its owner shows them, and what it was given as.

import { emptyChecklist, readChecklist } from '../../checklist/checklist.ts';
import { shownStep } from '../../edit/step-name.ts';
import type { GuidancePiece } from '../../guidance/guidance.ts';
import type { RunRecord } from '../../run/record.ts';
import type { TaskDetails } from '../../task/details.ts';
import { placeOf, type TaskKey } from '../../task/task-key.ts';
import { safeLine, safeText } from '../../text/safe-text.ts';
import type { TaskTexts } from '../log/task-texts.ts';
import type { ReadTask } from '../task-record.ts';
import { boundedRun } from './bounded-run.ts';

type HubDetailsFacts = {
  task: TaskKey;
  /** Null: the hub does not have it. */
  found: ReadTask | null;
  texts: TaskTexts | null;
  /** What the user told it. */
  guidance: readonly GuidancePiece[];
  now: number;
};

const maxNotesLength = 200_000;
const maxLineLength = 1000;

export function hubDetails({ task, found, texts, guidance, now }: HubDetailsFacts): TaskDetails {
  const { host = '', project = '' } = placeOf(task);
  const { offer = null, run = null } = found?.kind === 'read' ? found.task : {};
  const bounded = run === null ? null : boundedRun(run, now);
  const { steps } = texts?.list == null ? emptyChecklist : readChecklist(texts.list.text);
  return {
    task,
    description: offer === null ? null : safeText(offer.description, maxNotesLength),
    directory: safeLine(`${project} of ${host}`, maxLineLength),
    steps: steps.map(shownStep),
    ticks: [],
    unproven: [],
    replaced: null,
    notes: texts?.notes == null ? null : safeText(texts.notes.text, maxNotesLength),
    guidance: guidance.map((piece) => ({ ...piece, text: safeText(piece.text, maxNotesLength) })),
    options: offer === null ? [] : offerWords(offer),
    lastUsed: lastUsedIn(bounded),
    run: bounded && {
      startedAt: bounded.startedAt,
      sandbox: bounded.sandbox,
      autoContinue: bounded.autoContinue,
      maxSessions: bounded.maxSessions,
      sessions: bounded.sessionsInRun,
      until: bounded.until,
    },
  };
}

/** The model is in Codex's record of the conversation, which only its machine has. */
function lastUsedIn(run: RunRecord | null): TaskDetails['lastUsed'] {
  const { session = null } = run ?? {};
  if (session?.threadId == null || session.profile === undefined) return null;
  const profile = session.profile === null ? null : safeLine(session.profile, maxLineLength);
  return { session: session.number, model: null, profile };
}

type Offer = NonNullable<Extract<ReadTask, { kind: 'read' }>['task']['offer']>;

function offerWords(offer: Offer): string[] {
  const { model, review, checks } = offer;
  const words = [
    ...(model === null ? [] : [`model ${model}`]),
    ...(review === null ? [] : [review ? 'review' : 'no review']),
    ...(checks ?? []).slice(0, 20).map((check) => `check ${check}`),
    offer.remote === null
      ? `in the project itself, on ${offer.pinned} alone`
      : `from ${offer.base.slice(0, 10)} of ${offer.remote}`,
    ...(offer.remote === null || offer.pinned === null ? [] : [`pinned to ${offer.pinned}`]),
  ];
  return words.map((word) => safeLine(word, maxLineLength));
}
