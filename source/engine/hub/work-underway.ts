// While a session of a shared task runs, its work so far is handed on every few minutes: a machine that is gone in the
// middle of a long session takes no more than these minutes with it.

import type { RunRecord } from '../../core/run/record.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import type { Clock } from '../../system/clock.ts';

type UnderwayDeps = {
  clock: Pick<Clock, 'now' | 'wakeAt'>;
  /** The problem, or null. */
  handOn(session: number): Promise<string | null>;
  note(sentence: string): Promise<void>;
};

type WorkUnderway = {
  /** How long between two times, ms, from the session's start; 0: never. */
  begin(everyMs: number): void;
  /** Call with each record of the run. */
  recorded(record: RunRecord): void;
  close(): void;
};

export function workUnderway({ clock, handOn, note }: UnderwayDeps): WorkUnderway {
  let everyMs = 0;
  let running: { uuid: string; number: number } | null = null;
  let said: string | null = null;
  let cancel = (): void => {};

  function wait(): void {
    cancel();
    cancel = () => {};
    if (running === null || everyMs === 0) return;
    const { uuid, number } = running;
    cancel = clock.wakeAt(clock.now() + everyMs, () => {
      void act(number).finally(() => {
        if (running?.uuid === uuid) wait();
      });
    });
  }

  async function act(number: number): Promise<void> {
    const problem = await handOn(number).catch(errorMessage);
    const isNew = problem !== said && problem !== null;
    said = problem;
    if (!isNew) return;
    const sentence = `The work so far of session ${number} was not handed on: ${problem}`;
    await note(sentence).catch(() => {});
  }

  return {
    begin: (ms) => {
      everyMs = ms;
      wait();
    },
    recorded: ({ session }) => {
      const isRunning = session !== null && session.ended === null && session.codex !== null;
      const uuid = isRunning ? session.uuid : null;
      if (uuid === (running?.uuid ?? null)) return;
      running = isRunning ? session : null;
      wait();
    },
    close: () => {
      running = null;
      wait();
    },
  };
}
