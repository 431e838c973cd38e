// The log of the dashboard without its screen: the same feed with the same deps.

import { dirname } from 'node:path';
import type { LogSnapshot } from '../../source/core/log/snapshot.ts';
import type { CopyDeps } from '../../source/engine/log/copy-check.ts';
import { followLog, type LogFeed } from '../../source/engine/log/feed.ts';
import { systemClock } from '../../source/system/clock.ts';
import { logFingerprint } from '../../source/system/state/fingerprint.ts';
import { indexLog } from '../../source/system/log/log-index.ts';
import { tailLog } from '../../source/system/log/tail.ts';
import { withinTime } from '../../source/system/time-limit.ts';
import { watchDirectory } from '../../source/system/watch.ts';

/** Of a log that no runner has copied. */
export const noCopies: CopyDeps = {
  readCopies: () => Promise.resolve(new Map()),
  isIntact: () => Promise.resolve(null),
};

export type LogOnView = LogFeed & {
  /** Resolves as soon as the snapshot of the log satisfies the condition. */
  until(holds: (picture: LogSnapshot) => boolean): Promise<void>;
};

/** `times`: what the runner noted in session.times. */
export function logOnView(path: string, times = '', copies: CopyDeps = noCopies): LogOnView {
  const feed = followLog({
    clock: systemClock,
    project: '/home/dev/project',
    logPath: path,
    directoryPaths: [dirname(path)],
    tailLog,
    indexLog,
    withinTime,
    readTimes: () => Promise.resolve(times),
    copies,
    fingerprint: () => logFingerprint(path),
    watchDirectory,
  });
  return {
    ...feed,
    until: (holds) =>
      new Promise((resolve) => {
        if (holds(feed.snapshot())) return resolve();
        const stop = feed.subscribe(() => {
          if (!holds(feed.snapshot())) return;
          stop();
          resolve();
        });
      }),
  };
}
