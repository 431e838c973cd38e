// Records the step times: when steps are ticked while a session works. Reads the list after each of the agent's
// actions and at the session's end; a tick that no runner saw has no time. Nothing here may hold up the run.

import { readChecklist, tickedSince, type Checklist } from '../../core/checklist/checklist.ts';
import { stepTimesText, type StepTime } from '../../core/checklist/step-times.ts';
import type { RunnerDeps } from '../run/runner-deps.ts';
import { serially } from '../serially.ts';

type StepTimes = {
  /** `list` is null if an earlier runner began the session: the list at its start is then unknown. */
  begin(session: number, list: Checklist | null): void;
  /** The agent did something; it may have ticked a step. */
  look(): void;
  /** Looks a last time; resolves when everything is on disk. */
  end(): Promise<void>;
};

export function createStepTimes({ clock, task, state }: RunnerDeps): StepTimes {
  let session: number | null = null;
  let seen: Checklist | null = null;

  const lookAgain = serially(async () => {
    if (session === null) return;
    const list = await task.readList();
    if (list.kind !== 'text') return;
    const before = seen;
    seen = readChecklist(list.text);
    if (before === null) return;
    const [at, during] = [clock.now(), session];
    await note(
      tickedSince(before, seen).map(({ number }) => ({ at, session: during, step: number })),
    );
  });

  async function note(ticks: readonly StepTime[]): Promise<void> {
    if (ticks.length > 0) await state.noteStepTimes(stepTimesText(ticks));
  }

  const look = (): Promise<void> => lookAgain().catch(() => {});
  return {
    begin: (number, list) => {
      session = number;
      seen = list;
      if (list === null) void look();
      else void note([{ at: clock.now(), session: number, step: 0 }]).catch(() => {});
    },
    look: () => void look(),
    end: async () => {
      await look();
      session = null;
    },
  };
}
