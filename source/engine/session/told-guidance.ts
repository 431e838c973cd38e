// What a session was told, in the log; and what waits when every step is done: it becomes steps, so that the task goes on.

import { isAllDone, readChecklist } from '../../core/checklist/checklist.ts';
import { listWithSteps } from '../../core/guidance/guidance.ts';
import type { SessionRecord } from '../../core/run/record.ts';
import { safeText } from '../../core/text/safe-text.ts';
import type { ListFile } from '../../system/state/task-files.ts';
import { logOnce } from '../between/log-once.ts';
import type { RunnerDeps } from '../run/runner-deps.ts';
import { replaceAsUser } from '../tasks/users-edit.ts';

/** `2 things were told to session 5.` */
export function toldSentence(count: number, session: number): string {
  return count === 1
    ? `What you said was told to session ${session}.`
    : `${count} things that you said were told to session ${session}.`;
}

const longestInLog = 2000;

/** Call when the session's end is in the log. */
export async function logTold(
  deps: Pick<RunnerDeps, 'task' | 'state' | 'clock'>,
  record: SessionRecord,
): Promise<void> {
  const { task, state } = deps;
  const told = await state.guidanceToldIn(record.number, await task.identity());
  if (told.length === 0) return;
  const texts = told.map(({ text }) => safeText(text, longestInLog));
  await logOnce(deps, record, { type: 'autonomous.told', texts });
}

/** The list, with a step for all that waits if every other step is done: the user's edit. */
export async function stepsForGuidance(
  { task, state }: Pick<RunnerDeps, 'task' | 'state'>,
  found: ListFile,
): Promise<ListFile> {
  if (found.kind !== 'text' || !isAllDone(readChecklist(found.text))) return found;
  const all = await state.waitingGuidance(await task.identity());
  const texts = all.filter(({ about }) => about === undefined).map(({ text }) => text);
  if (texts.length === 0) return found;
  const made = await replaceAsUser({ task, state }, (present) => {
    const isDone = isAllDone(readChecklist(present));
    const text = isDone ? listWithSteps(present, texts) : null;
    return text === null ? { refused: 'No step can be added' } : { text };
  });
  return 'refused' in made ? task.readList() : { kind: 'text', text: made.text };
}
