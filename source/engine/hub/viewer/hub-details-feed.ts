// The details of one task of a hub, kept current from its mirror while they are shown.

import { hubDetails } from '../../../core/hub/board/hub-details.ts';
import type { TaskTexts } from '../../../core/hub/log/task-texts.ts';
import type { GuidancePiece } from '../../../core/guidance/guidance.ts';
import type { TaskDetails } from '../../../core/task/details.ts';
import type { TaskKey } from '../../../core/task/task-key.ts';
import type { Clock } from '../../../system/clock.ts';
import { createNotifier } from '../../notifier.ts';
import type { DetailsFeed } from '../../tasks/details-feed.ts';
import type { TaskMirror } from '../logs/mirror-task.ts';
import type { HubTasks } from './hub-tasks.ts';

type HubDetailsDeps = {
  clock: Clock;
  hub: Pick<HubTasks, 'tasks' | 'onChange'>;
  task: TaskKey;
  /** Its key in the hub. */
  hubKey: string;
  openGuidance(onChange: () => void): { pieces(): readonly GuidancePiece[]; close(): void };
  mirror: Pick<TaskMirror, 'onChange'> & { texts(): TaskTexts | null };
  /** The mirror is not needed any more. */
  onClose(): void;
};

export function followHubDetails(deps: HubDetailsDeps): DetailsFeed {
  const { clock, hub, task, hubKey, mirror } = deps;
  const notifier = createNotifier(clock);
  const told = deps.openGuidance(notifier.due);
  let seen: { of: readonly unknown[]; details: TaskDetails } | null = null;

  function details(): TaskDetails {
    const record = hub.tasks().get(hubKey) ?? null;
    const [texts, guidance] = [mirror.texts(), told.pieces()];
    const of = [record, texts, guidance];
    if (seen === null || seen.of.some((one, index) => one !== of[index])) {
      const made = hubDetails({ task, found: record, texts, guidance, now: clock.now() });
      seen = { of, details: made };
    }
    return seen.details;
  }

  const stops = [
    hub.onChange((keys) => {
      if (keys.includes(hubKey)) notifier.due();
    }),
    // A line of the log is shown by the frame that the log asks for: one more would be drawn in its place.
    mirror.onChange((what) => {
      if (what === 'details') notifier.due();
    }),
  ];
  return {
    details,
    hurry: () => Promise.resolve(),
    subscribe: notifier.subscribe,
    close: () => {
      for (const stop of stops) stop();
      told.close();
      notifier.close();
      deps.onClose();
    },
  };
}
