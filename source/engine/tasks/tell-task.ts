// Tells a task something, for the screen and the command line alike: it is kept for the next prompt, and whatever the task
// waits for is helped along. A done task gets it as a step and goes on.

import { isAllDone, readChecklist } from '../../core/checklist/checklist.ts';
import { whyNotTold, type GuidancePiece } from '../../core/guidance/guidance.ts';
import type { TaskView } from '../../core/task/board.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';
import { stepsForGuidance } from '../session/told-guidance.ts';
import type { RunnerClient } from './runner-client.ts';

export type TellDeps = {
  task: TaskDirectory;
  state: StateDirectory;
  client: Pick<RunnerClient, 'start' | 'send'>;
  /** The task as it is now. */
  view(): Promise<TaskView>;
  now(): number;
  /** Lets time pass. */
  pause(ms: number): Promise<void>;
};

/** `piece`: what waits now; absent if nothing was kept. */
export type Telling = { ok: boolean; sentence: string; piece?: GuidancePiece };

/** A run that has just found every step ticked ends within this time, or goes on. */
const lookEveryMs = 250;
const longestEndMs = 5000;

export async function tellTask(
  deps: TellDeps,
  { text, when }: Pick<GuidancePiece, 'text' | 'when'>,
): Promise<Telling> {
  const { task, state } = deps;
  const problem = whyNotTold(text);
  if (problem !== null) return { ok: false, sentence: problem };
  const directory = await task.identity();
  if (directory === null) return { ok: false, sentence: 'The task is not there any more' };
  await state.make();
  // Before the runner can see what was said and act on it.
  const before = await deps.view();
  const piece = await state.addGuidance({ text, when, at: deps.now() }, directory);
  return { ...(await helpedAlong(deps, when === 'now' ? interruptedWords(before) : null)), piece };
}

/** What is said of the session that is told now; null if none runs. */
function interruptedWords({ state: { word }, session, label }: TaskView): string | null {
  if (session?.endedAt !== null) return null;
  if (word === 'reviewing') {
    return `The review of ${label} is interrupted, and the next session is told`;
  }
  return word === 'running' ? `The session of ${label} is interrupted, and told` : null;
}

async function helpedAlong(deps: TellDeps, interrupted: string | null): Promise<Telling> {
  const view = await settledView(deps);
  const { name, label, run } = view;
  if (run === null) {
    if (isAllDone(view) && view.state.word === 'done') return goesOn(deps, view);
    return { ok: true, sentence: `${label} will be told when it is continued` };
  }
  if (view.state.word === 'needs you') {
    const answer = await deps.client.send({ name, run }, 'try now');
    if (!answer.ok) return { ok: false, sentence: answer.sentence };
    return { ok: true, sentence: `${label} tries again, and is told with its next session` };
  }
  return { ok: true, sentence: interrupted ?? `${label} will be told with its next session` };
}

/** A run that is about to end would not see what came after its last look. */
async function settledView({ view, pause }: TellDeps): Promise<TaskView> {
  let found = await view();
  for (let ms = 0; ms < longestEndMs && found.run !== null && isAllDone(found); ms += lookEveryMs) {
    await pause(lookEveryMs);
    found = await view();
  }
  return found;
}

async function goesOn({ task, state, client }: TellDeps, view: TaskView): Promise<Telling> {
  const { name, label } = view;
  const list = await stepsForGuidance({ task, state }, await task.readList());
  if (list.kind === 'unreadable') return { ok: false, sentence: list.sentence };
  // A run would end as done at once, and what was said would wait unseen.
  if (list.kind === 'missing' || isAllDone(readChecklist(list.text))) {
    const sentence = `${label} is done, and no step could be added to its list: add one, and it is told when it is continued`;
    return { ok: false, sentence };
  }
  const answer = await client.start({ task: name, sandbox: 'workspace-write' });
  if (answer.ok || answer.why === 'busy') {
    return { ok: true, sentence: `${label} was done; this is a step of it now, and it goes on` };
  }
  return {
    ok: false,
    sentence: `This is a step of ${label} now, but it could not go on: ${answer.sentence}`,
  };
}
