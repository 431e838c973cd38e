// The commit of a session in the task's worktree. A session without changes has none; what is missing is said, and the
// run goes on.

import { notCommitted } from '../../core/checkpoint/checkpoint-words.ts';
import { compareLists } from '../../core/checklist/list-comparison.ts';
import { sessionMessage } from '../../core/worktree/commit-message.ts';
import type { SessionRecord } from '../../core/run/record.ts';
import type { PartAnswer } from '../../core/stage/stage.ts';
import type { Tree } from '../../system/git/tree-kind.ts';
import type { StageContext } from './part.ts';

export async function commitWork({ session, deps, request }: StageContext): Promise<PartAnswer> {
  if (session === null || request.workplace === undefined) return {};
  const not = (problem: string): PartAnswer => ({
    notes: [`Session ${session.number} was not committed: ${problem}`],
  });
  const open = await deps.whyGitIsOpen(request.codex);
  if (open !== null) return not(open);
  const tree = await deps.takeTree();
  if (tree?.kind !== 'git') return not(tree?.whyNoGit ?? 'the files cannot be looked at');
  const message = sessionMessage({
    task: request.task,
    session: session.number,
    ticked: await tickedIn(deps),
  });
  const problem = await deps.commitSession({ tree: tree.id, message });
  return problem === null ? namingLeftOut(deps, session, tree) : not(problem);
}

/** It would be missing after a merge. */
async function namingLeftOut(
  { state, task }: StageContext['deps'],
  session: SessionRecord,
  { leftOut }: Tree,
): Promise<PartAnswer> {
  const directory = await task.identity();
  const memory = await state.readStage(directory);
  if (directory === null || memory?.session !== session.uuid) return {};
  const { notes, said } = notCommitted(leftOut, memory.said);
  if (notes.length > 0) await state.writeStage({ ...memory, said }, directory);
  return { notes };
}

async function tickedIn({ state, task }: StageContext['deps']): Promise<string[]> {
  const [before, list] = [await state.readListBefore(), await task.readList()];
  if (before === null || list.kind !== 'text') return [];
  return compareLists(before, list.text).steps.flatMap(({ tick, after }) =>
    tick === 'ticked' && after !== null ? [after.text] : [],
  );
}
