// Changes what the sessions of a task are started with. Nobody else writes it while this holds the runner's lock; a runner
// that lives writes it only as its run begins, and sees the change within a second.

import { withGiven, type GivenOptions } from '../../core/task/options.ts';
import type { TaskView } from '../../core/task/board.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';
import { takenOverBy } from '../take-over/taken-over-by.ts';
import { whyNotAfter } from './after-chain.ts';
import { busySentence } from './runner-client.ts';

type Deps = {
  task: Pick<TaskDirectory, 'identity'>;
  state: Pick<
    StateDirectory,
    'make' | 'takeLock' | 'readTakeOver' | 'readOptions' | 'writeOptions'
  >;
  view(): Promise<TaskView>;
  whyNoProfile(profile: string): Promise<string | null>;
  /** In a few words; null if it can be given or lose a worktree. */
  whyWorktreeFixed(): Promise<string | null>;
  /** In a few words; null if it can still be chosen whether the user looks at the plan first. */
  whyPlanFixed(): Promise<string | null>;
  /** For the tasks that this one would come after. */
  others: Parameters<typeof whyNotAfter>[2];
};

type Answer = { ok: boolean; sentence: string };

export async function changeSettings(
  { task, state, view, whyNoProfile, whyWorktreeFixed, whyPlanFixed, others }: Deps,
  given: GivenOptions,
): Promise<Answer> {
  const { name, label, run } = await view();
  const noProfile = given.profile == null ? null : await whyNoProfile(given.profile);
  const problem = noProfile ?? (await whyNotAfter(name, given.after ?? null, others));
  if (problem !== null) return no(problem);
  await state.make();
  const lock = await state.takeLock(0);
  // A runner that has not begun its run would overwrite them.
  if (lock === null && run === null) {
    const holder = await takenOverBy({ state, task });
    return no(
      holder === null
        ? `${label} is just starting: try again in a moment`
        : busySentence(label, holder),
    );
  }
  try {
    const directory = await task.identity();
    if (directory === null) return no(`${label} is gone`);
    const fixed = given.worktree === undefined ? null : await whyWorktreeFixed();
    if (fixed !== null) return no(`The worktree of ${label} cannot be changed: ${fixed}`);
    const planFixed = given.planFirst === undefined ? null : await whyPlanFixed();
    if (planFixed !== null) return no(`Plan first cannot be changed for ${label}: ${planFixed}`);
    await state.writeOptions(withGiven(await state.readOptions(directory), given), directory);
  } finally {
    lock?.release();
  }
  return { ok: true, sentence: `Saved: ${savedWords(label, given, run)}` };
}

function savedWords(label: string, given: GivenOptions, run: string | null): string {
  const from = run === null ? 'when it is continued' : 'from its next session';
  const counts = `counts for ${label} ${from}`;
  const { fullAccessOnce, ...others } = given;
  if (fullAccessOnce !== true) return counts;
  const asks = 'asks for full access when you start it next';
  return Object.keys(others).length === 0 ? `${label} ${asks}` : `${counts}; it ${asks}`;
}

function no(sentence: string): Answer {
  return { ok: false, sentence };
}
