// The checkpoints of a session: the files, the list and the notes as they were before it and as it left them. A session
// starts without one, too: what is missing is said, and the run goes on.

import { sayingsOf } from '../../core/checkpoint/checkpoint-words.ts';
import type { SessionRecord } from '../../core/run/record.ts';
import type { PartAnswer } from '../../core/stage/stage.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import type { Tree } from '../../system/git/tree-kind.ts';
import type { StageContext } from './part.ts';

type Making = Pick<StageContext, 'deps' | 'request'>;
type Wanted = { session: number; moment: 'before' | 'after'; tree: Tree | null };

/** Call before Codex is started. `tree`: the files as they are. */
export async function keepBeginning(
  making: Making,
  { number }: Pick<SessionRecord, 'number'>,
  tree: Tree | null,
): Promise<void> {
  const { request, deps } = making;
  if (!request.settings.stage.includes('checkpoint')) return;
  const problem = await kept(making, { session: number, moment: 'before', tree });
  // The stage after the session meets it, too, and tells the user.
  if (problem !== null) await deps.state.note(`No checkpoint before session ${number}: ${problem}`);
}

export async function keepEnd(context: StageContext): Promise<PartAnswer> {
  const { session, deps } = context;
  const { task, state } = deps;
  if (session === null) return {};
  const directory = await task.identity();
  const memory = await state.readStage(directory);
  if (directory === null || memory?.session !== session.uuid) return {};
  const tree = await deps.takeTree();
  const problem = await kept(context, { session: session.number, moment: 'after', tree });
  const leftOut = tree?.kind === 'git' ? tree.leftOut : [];
  const { notes, said } = sayingsOf({ problem, leftOut }, memory.said);
  // A write waits for the disk twice.
  const isNew = notes.length > 0 || said.length !== memory.said.length;
  if (isNew) await state.writeStage({ ...memory, said }, directory);
  return { notes };
}

/** The problem, or null: then there is a checkpoint, or no repository for one. */
async function kept({ deps, request }: Making, wanted: Wanted): Promise<string | null> {
  const { session, moment, tree } = wanted;
  if (tree === null) return 'the files cannot be looked at';
  if (tree.kind !== 'git') return tree.whyNoGit ?? null;
  try {
    const problem = await deps.whyGitIsOpen(request.codex);
    return problem ?? (await deps.keepCheckpoint({ session, moment, tree: tree.id }));
  } catch (error) {
    return errorMessage(error);
  }
}
