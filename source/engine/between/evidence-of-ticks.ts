// The evidence: which of the steps that the session ticked are proven, and what the next session is to prove. A tick
// that nothing proves still counts as done; it is shown wherever the task is.

import { compareLists } from '../../core/checklist/list-comparison.ts';
import { plainText } from '../../core/checklist/step-words.ts';
import {
  evidenceOf,
  hasWorked,
  tickVerdicts,
  type SessionFacts,
} from '../../core/evidence/evidence.ts';
import { standing, unprovenTelling, withVerdicts } from '../../core/evidence/unproven.ts';
import type { PartAnswer } from '../../core/stage/stage.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import { treeChange } from '../../core/stage/tree.ts';
import { shortText, tickKey } from '../../core/report/journal.ts';
import { noteInJournal } from '../run/journal.ts';
import type { StageContext } from './part.ts';

async function checksPassedAfter(
  session: number,
  { state, task }: StageContext['deps'],
): Promise<string[]> {
  const history = await state.readChecks(await task.identity());
  return history.flatMap(({ receipt }) =>
    receipt.outcome === 'passed' && receipt.session === session ? [receipt.command] : [],
  );
}

export async function judgeTicks({ session, deps }: StageContext): Promise<PartAnswer> {
  const { task, state } = deps;
  if (session === null || session.role !== 'executor') return {};
  const directory = await task.identity();
  const memory = await state.readStage(directory);
  if (directory === null || memory?.session !== session.uuid || memory.facts === null) return {};
  const before = await state.readListBefore();
  const list = await task.readList();
  if (before === null || list.kind !== 'text') return {};
  const reworded = new Set(memory.guard?.reworded);
  // The guard has put their words back, so that they look as if nothing had happened to them.
  const steps = compareLists(before, list.text).steps.map((step) =>
    step.before !== null && reworded.size > 0 && reworded.has(plainText(step.before.text))
      ? { ...step, text: 'reworded' as const }
      : step,
  );
  const known: SessionFacts = {
    tree: 'unknown',
    overlapped: memory.facts.overlapped,
    patched: memory.facts.patched,
    commands: memory.facts.commands,
    checksPassed: await checksPassedAfter(session.number, deps),
  };
  const hasTicked = steps.some(({ tick }) => tick === 'ticked');
  // A command or a check proves it, or there is nothing to prove: then the files need no look.
  const facts: SessionFacts =
    hasWorked(known) || !hasTicked
      ? known
      : { ...known, tree: treeChange(memory.tree, await deps.takeTree()) };
  const verdicts = tickVerdicts(steps, evidenceOf(facts));
  const doubts = await state.readUnproven(directory);
  // A session that was told to prove them did work that proves something, and left them ticked.
  const open = hasWorked(facts) ? doubts.filter((tick) => tick.session === session.number) : doubts;
  const after = steps.flatMap((step) => step.after ?? []);
  const ticks = standing(withVerdicts(open, verdicts, session.number), after);
  const isAsBefore = JSON.stringify(ticks) === JSON.stringify(doubts);
  if (!isAsBefore) await state.writeUnproven(ticks, directory);
  if (verdicts.length > 0) {
    const noted = verdicts.map(({ text, proven, reason }) => ({
      step: tickKey(text),
      text: shortText(text),
      ...{ proven, reason },
    }));
    await noteInJournal(deps, { what: 'ticks', session: session.number, ticks: noted });
  }
  const doubted = verdicts.filter(({ proven }) => !proven);
  return {
    unproven: ticks.length,
    told: unprovenTelling(ticks),
    notes: doubted.map(
      ({ number, text, reason }) =>
        `Step ${number} was ticked without proof (${reason}): ${safeLine(text, 100)}`,
    ),
  };
}
