// The details of one task of a hub, kept current from its mirror while they are shown.

import { hubDetails } from '../../../core/hub/board/hub-details.ts';
import type { TaskTexts } from '../../../core/hub/log/task-texts.ts';
import type { TaskDetails } from '../../../core/task/details.ts';
import type { TaskKey } from '../../../core/task/task-key.ts';
import type { Clock } from '../../../system/clock.ts';
import { createNotifier } from '../../notifier.ts';
import type { DetailsFeed } from '../../tasks/details-feed.ts';
import type { HubTasks } from './hub-tasks.ts';

type HubDetailsDeps = {
  clock: Clock;
  hub: Pick<HubTasks, 'tasks' | 'onChange'>;
  task: TaskKey;
  /** Its key in the hub. */
  hubKey: string;
  mirror: { texts(): TaskTexts | null; onChange(listener: () => void): () => void };
  /** The mirror is not needed any more. */
  onClose(): void;
};

export function followHubDetails(deps: HubDetailsDeps): DetailsFeed {
  const { clock, hub, task, hubKey, mirror } = deps;
  const notifier = createNotifier(clock);
  let seen: { record: unknown; texts: unknown; details: TaskDetails } | null = null;

  function details(): TaskDetails {
    const record = hub.tasks().get(hubKey) ?? null;
    const texts = mirror.texts();
    if (seen === null || seen.record !== record || seen.texts !== texts) {
      const made = hubDetails({ task, found: record, texts, now: clock.now() });
      seen = { record, texts, details: made };
    }
    return seen.details;
  }

  const stops = [
    hub.onChange((keys) => {
      if (keys.includes(hubKey)) notifier.due();
    }),
    mirror.onChange(notifier.due),
  ];
  return {
    details,
    hurry: () => Promise.resolve(),
    subscribe: notifier.subscribe,
    close: () => {
      for (const stop of stops) stop();
      notifier.close();
      deps.onClose();
    },
  };
}
