// The log and the details of the selected task of a hub, with the production deps: from a mirror of its own in a directory that
// goes with the dashboard.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hubTaskKey } from '../../../../core/hub/hub-names.ts';
import { placeOf, type TaskKey } from '../../../../core/task/task-key.ts';
import { safeLine } from '../../../../core/text/safe-text.ts';
import type { HubLink } from '../../../../engine/hub/hub-link.ts';
import { followHubGuidance } from '../../../../engine/hub/viewer/follow-guidance.ts';
import { followHubDetails } from '../../../../engine/hub/viewer/hub-details-feed.ts';
import type { HubTasks } from '../../../../engine/hub/viewer/hub-tasks.ts';
import { followLog, type LogFeed } from '../../../../engine/log/feed.ts';
import type { LogSnapshot } from '../../../../core/log/snapshot.ts';
import type { OpenLog } from '../../../../engine/log/keeper.ts';
import type { OpenDetails } from '../../../../engine/tasks/details-feed.ts';
import type { Clock } from '../../../../system/clock.ts';
import { indexLog } from '../../../../system/log/log-index.ts';
import { tailLog } from '../../../../system/log/tail.ts';
import { logFingerprint } from '../../../../system/state/fingerprint.ts';
import { withinTime } from '../../../../system/time-limit.ts';
import { onceRested } from './once-rested.ts';
import { sharedMirrors, type OpenMirror } from './shared-mirrors.ts';

type HubViewing = {
  openLog: OpenLog;
  openDetails: OpenDetails;
  /** Removes the mirrors. */
  close(): Promise<void>;
};

type HubGuidance = ReturnType<typeof followHubGuidance>;
const noPieces: ReturnType<HubGuidance['pieces']> = [];

type HubViewingDeps = { link: HubLink; hub: Pick<HubTasks, 'tasks' | 'onChange'>; clock: Clock };

export async function hubViewing({ link, hub, clock }: HubViewingDeps): Promise<HubViewing> {
  const directory = await mkdtemp(join(tmpdir(), 'autonomous-tui-hub-'));
  const mirrors = sharedMirrors({ link, clock }, directory);
  return {
    openLog: (task) => hubLog(mirrors.open(task), { task, clock }),
    openDetails: (task) => {
      const mirror = mirrors.open(task);
      const hubKey = hubTaskKey(task) ?? '';
      return followHubDetails({
        ...{ clock, hub, task, hubKey, mirror },
        openGuidance: (onChange) =>
          guidanceOnceRested(clock, () =>
            followHubGuidance({ link, clock, key: hubKey }, onChange),
          ),
        onClose: mirror.close,
      });
    },
    close: async () => {
      await mirrors.close();
      await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function guidanceOnceRested(clock: Clock, open: () => HubGuidance): HubGuidance {
  let opened: HubGuidance | null = null;
  const cancel = onceRested(clock, () => {
    opened = open();
  });
  return {
    pieces: () => opened?.pieces() ?? noPieces,
    close: () => {
      cancel();
      opened?.close();
    },
  };
}

/** Of a log that is longer, or grows as fast as it comes, what is there is shown. */
const longestFetchMs = 2000;

/**
 * The log pane's own feed on the file of the mirror, and what is wrong with that. The mirror says when there is more: its
 * directory is made later than the feed, so the feed cannot watch it. It is read when it has what was there: all that comes while
 * a log is read counts as written just then.
 */
function hubLog(mirror: OpenMirror, { task, clock }: { task: TaskKey; clock: Clock }): LogFeed {
  const logPath = join(mirror.directory, 'session.log');
  const { promise: shownAnyway, resolve: showAnyway } = Promise.withResolvers<void>();
  const cancel = clock.wakeAt(clock.now() + longestFetchMs, showAnyway);
  const feed = followLog({
    clock,
    project: placeOf(task).project ?? '/',
    logPath,
    directoryPaths: [mirror.directory],
    tailLog,
    indexLog,
    withinTime,
    readTimes: () => Promise.resolve(''),
    // What ended sessions wrote is known to their machine only.
    copies: { readCopies: () => Promise.resolve(new Map()), isIntact: () => Promise.resolve(null) },
    fingerprint: () => logFingerprint(logPath),
    watchDirectory: (_, onHint) => ({
      close: mirror.onChange((what) => {
        if (what === 'log') onHint();
      }),
    }),
    untilThere: Promise.race([mirror.caughtUp, shownAnyway]),
  });
  let seen: { of: LogSnapshot; problem: string | null; snapshot: LogSnapshot } | null = null;
  return {
    ...feed,
    snapshot: () => {
      const of = feed.snapshot();
      const found = mirror.problem();
      const problem = found === null ? of.problem : safeLine(found, 500);
      if (seen?.of !== of || seen.problem !== problem) {
        seen = { of, problem, snapshot: { ...of, problem } };
      }
      return seen.snapshot;
    },
    close: () => {
      cancel();
      feed.close();
      mirror.close();
    },
  };
}
