// Records the step times: when steps are ticked while a session works. A tick that no runner saw has no time. Nothing
// here may hold up the run.

import { readChecklist, tickedSince, type Checklist } from '../../core/checklist/checklist.ts';
import { stepTimesText, type StepTime } from '../../core/checklist/step-times.ts';
import type { RunnerDeps } from '../run/runner-deps.ts';

export type StepTimes = {
  /** `list` is null if an earlier runner began the session: the list at its start is then unknown. */
  begin(session: number, list: Checklist | null): void;
  /** The list has changed to this text. */
  changed(text: string): void;
  /** Call after the last change; resolves when everything is on disk. */
  end(): Promise<void>;
};

export function createStepTimes({ clock, state }: Pick<RunnerDeps, 'clock' | 'state'>): StepTimes {
  let session: number | null = null;
  let seen: Checklist | null = null;
  let written: Promise<void> = Promise.resolve();

  function note(ticks: readonly StepTime[]): void {
    if (ticks.length === 0) return;
    written = written.then(() => state.noteStepTimes(stepTimesText(ticks))).catch(() => {});
  }

  return {
    begin: (number, list) => {
      session = number;
      seen = list;
      if (list !== null) note([{ at: clock.now(), session: number, step: 0 }]);
    },
    changed: (text) => {
      if (session === null) return;
      const [before, at, during] = [seen, clock.now(), session];
      seen = readChecklist(text);
      if (before === null) return;
      note(tickedSince(before, seen).map(({ number }) => ({ at, session: during, step: number })));
    },
    end: async () => {
      await written;
      session = null;
    },
  };
}
