// What the user told a task, on its way through one session: into its prompt, told when its turn begins, back to the
// waiting ones if that never happens, or if the turn failed before the model said anything. Decided by what Codex wrote
// alone, so that any later runner comes to the same.

import type { LogEvent } from '../../core/codex/log-event.ts';
import type { GuidancePiece } from '../../core/guidance/guidance.ts';
import type { SessionRecord } from '../../core/run/record.ts';
import type { RunnerDeps } from '../run/runner-deps.ts';

type SessionGuidance = {
  /** An event of the session. */
  saw(event: LogEvent, at: number): void;
  /** Call when the session's output was read to its end, and before its end is recorded. */
  end(): Promise<void>;
};

/** `onTold`: hears of each piece once, unless the runner dies between the two. */
export function followGuidance(
  { state, task }: Pick<RunnerDeps, 'state' | 'task'>,
  { uuid, number }: Pick<SessionRecord, 'uuid' | 'number'>,
  onTold: (pieces: readonly GuidancePiece[]) => void,
): SessionGuidance {
  let marking: Promise<void> | null = null;
  let begunAt = 0;
  let hasAnswered = false;
  let hasFailed = false;

  const mark = async (): Promise<void> => {
    const directory = await task.identity();
    const told = await state.markGuidanceTold({ uuid, number }, begunAt, directory);
    if (told.length > 0) onTold(told);
  };

  return {
    saw: (event, at) => {
      if (event.type === 'turn-started' && marking === null) {
        begunAt = at;
        // Tried again at the end, where it counts.
        marking = mark().catch(() => {});
      }
      if (event.type === 'item' && event.body.kind !== 'warning') hasAnswered = true;
      if (event.type === 'turn-completed') hasAnswered = true;
      if (event.type === 'turn-failed') hasFailed = true;
    },
    end: async () => {
      await marking;
      if (marking !== null) await mark();
      const isLost = marking === null || (hasFailed && !hasAnswered);
      if (isLost) await state.giveBackGuidance(uuid, marking === null ? 'not begun' : 'failed');
    },
  };
}
