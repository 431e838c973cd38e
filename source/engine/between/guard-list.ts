// The guard: puts back the steps that the session took out of the list, or only says which they are. What it is going
// to do is written down before it is done, so that a runner that dies in between leaves its work to the next one.

import { guardList, type GuardReport } from '../../core/checklist/guard.ts';
import {
  guardTelling,
  lossLines,
  noticeLines,
  repairLines,
} from '../../core/checklist/guard-words.ts';
import { plainText } from '../../core/checklist/step-words.ts';
import type { GuidancePiece } from '../../core/guidance/guidance.ts';
import type { PartAnswer } from '../../core/stage/stage.ts';
import type { GuardWork, StageMemory } from '../../core/stage/stage-memory.ts';
import type { StageContext } from './part.ts';
import { noteInJournal } from '../run/journal.ts';
import { logOnce } from './log-once.ts';

/** The user may save the list at the very moment. */
const attempts = 5;
const mostLines = 50;

export async function guardTheList(context: StageContext): Promise<PartAnswer> {
  const { session, deps } = context;
  const { task, state } = deps;
  if (session === null || session.role !== 'executor') return {};
  const directory = await task.identity();
  const memory = await state.readStage(directory);
  if (directory === null || memory?.session !== session.uuid) return {};
  const before = await state.readListBefore();
  if (before === null || memory.facts === null) return {};
  const told = await state.guidanceToldIn(session.number, directory);
  const isTold = told.some(mayAskForSteps);
  let work = memory.guard;
  let isReplaced = false;
  for (let attempt = 0; attempt < attempts && !isReplaced; attempt++) {
    const list = await task.readList();
    if (list.kind === 'unreadable') return {};
    const after = list.kind === 'text' ? list.text : '';
    const repair = repairOf(context, memory, { before, after, isTold });
    if (repair === null) break;
    work = repair.work;
    await state.writeStage({ ...memory, guard: work }, directory);
    if (repair.text === null) break;
    const replaced = { session: session.number, text: after, restored: repair.text };
    await state.writeReplacedList(replaced, directory);
    isReplaced = await task.replaceList(repair.text, after);
  }
  if (work === null) return {};
  const { lines } = work;
  await noteInJournal(deps, { what: 'guard', session: session.number, lines });
  await logOnce(deps, session, { type: 'autonomous.guard', lines });
  return { list: await context.look(), told: work.told, notes: lines };
}

/** What the user said, and a goal that the user changed; an edit of the list or the notes asks for no other steps. */
function mayAskForSteps({ about }: GuidancePiece): boolean {
  return about === undefined || about === 'description';
}

/** Null if there is nothing to do or to say. `text`: the list as it should be; null if it stays. */
function repairOf(
  { request }: StageContext,
  memory: StageMemory,
  { before, after, isTold }: { before: string; after: string; isTold: boolean },
): { work: GuardWork; text: string | null } | null {
  const { restoredWords } = memory;
  const report = guardList({ before, after, restoredWords });
  const mayRestore =
    request.settings.guard === 'restore' && memory.facts?.watched === true && !isTold;
  const notices = noticeLines(report);
  const repairs = mayRestore ? repairLines(report) : lossLines(report);
  const lines = [...repairs, ...notices].slice(0, mostLines);
  if (lines.length === 0) return null;
  const work = {
    lines,
    told: mayRestore ? guardTelling(report) : null,
    restoredWords: mayRestore ? report.restoredWords : restoredWords,
    reworded: mayRestore ? rewordedIn(report, memory) : [],
  };
  return { work, text: mayRestore ? report.text : null };
}

/** An attempt before, on which the list was saved once more, may have put other words back. */
function rewordedIn({ repairs }: GuardReport, { guard }: StageMemory): readonly string[] {
  const words = repairs.filter(({ kind }) => kind === 'words').map(({ text }) => plainText(text));
  return [...new Set([...(guard?.reworded ?? []), ...words])];
}
