// Tells the next session what the user edited, as a piece that waits among those that the user said.

import type { EditedText } from '../../core/guidance/guidance.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';

export type TellEditDeps = {
  task: Pick<TaskDirectory, 'identity'>;
  state: Pick<
    StateDirectory,
    'readRecord' | 'waitingGuidance' | 'addGuidance' | 'takeBackGuidance'
  >;
  now(): number;
};

/**
 * One piece for all edits of one thing that wait. `textOf`: from the texts of the earlier ones. Added before the old one
 * goes: said twice at worst, never lost.
 */
export async function tellEdit(
  { task, state, now }: TellEditDeps,
  about: EditedText,
  textOf: (earlier: readonly string[]) => string,
): Promise<void> {
  const directory = await task.identity();
  // A session that has never begun will read everything as it is.
  if (directory === null || (await state.readRecord()) === null) return;
  const waiting = await state.waitingGuidance(directory);
  const earlier = waiting.filter((piece) => piece.about === about);
  const text = textOf(earlier.map((piece) => piece.text));
  await state.addGuidance({ text, when: 'next', at: now(), about }, directory);
  for (const { id } of earlier) await state.takeBackGuidance(id);
}
