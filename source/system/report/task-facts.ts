// What is read of one task for its report: from its state directory, where the agent cannot write, and from its list.

import { readListText } from '../../core/checklist/list-text.ts';
import { plainText } from '../../core/checklist/step-words.ts';
import type { ReportFacts, UnprovenFact } from '../../core/report/task-report.ts';
import { isSameDirectory } from '../../core/run/record.ts';
import { readOverlapsFile } from '../changes/overlaps-file.ts';
import { stateDirectoryAt } from '../state/state-directory.ts';
import { locateState } from '../state/state-location.ts';
import { taskDirectory } from '../state/task-directory.ts';

/** Its row on the board comes from elsewhere. `maxBytes`: of the end of its journal. */
export async function taskFacts(
  { project, home }: { project: string; home: string },
  { task, maxBytes }: { task: string; maxBytes?: number },
): Promise<Omit<ReportFacts, 'view'>> {
  const path = locateState(home, project, task);
  const state = stateDirectoryAt(path);
  const directory = await taskDirectory(project, task).identity();
  const record = await state.readRecord().catch(() => null);
  // Without a record of this very directory the journal may be that of a deleted task.
  const isOurs =
    record !== null && directory !== null && isSameDirectory(record.directory, directory);
  const journal = isOurs ? await state.readJournal(maxBytes).catch(() => []) : [];
  const list = await taskDirectory(project, task).readList();
  const steps = list.kind === 'text' ? readListText(list.text).steps : null;
  const unproven = await state.readUnproven(directory).catch(() => []);
  const checks = await state.readChecks(directory);
  const overlaps = await readOverlapsFile(path, directory);
  return {
    journal,
    steps,
    unproven: asWritten(unproven, steps ?? []),
    checks: checks.map(({ receipt }) => receipt),
    overlaps: [...overlaps].map(([session, { others }]) => ({ session, others })),
  };
}

/** In the words of the list. A tick whose step is not ticked any more is none. */
function asWritten(
  unproven: readonly UnprovenFact[],
  steps: readonly { text: string; done: boolean }[],
): UnprovenFact[] {
  if (unproven.length === 0) return [];
  const ticked = new Map(
    steps.flatMap(({ text, done }) => (done ? [[plainText(text), text] as const] : [])),
  );
  return unproven.flatMap((tick) => {
    const text = ticked.get(tick.text);
    return text === undefined ? [] : [{ ...tick, text }];
  });
}
