// The log and the details of the selected task of a hub, with the production deps: from a mirror of its own in a directory that
// goes with the dashboard.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hubTaskKey } from '../../../core/hub/hub-names.ts';
import { placeOf, type TaskKey } from '../../../core/task/task-key.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import { safeLine } from '../../../core/text/safe-text.ts';
import type { HubLink } from '../../../engine/hub/hub-link.ts';
import type { MirrorChange, TaskMirror } from '../../../engine/hub/logs/mirror-task.ts';
import { followHubGuidance } from '../../../engine/hub/viewer/follow-guidance.ts';
import { followHubDetails } from '../../../engine/hub/viewer/hub-details-feed.ts';
import type { HubTasks } from '../../../engine/hub/viewer/hub-tasks.ts';
import { followLog, type LogFeed } from '../../../engine/log/feed.ts';
import type { LogSnapshot } from '../../../core/log/snapshot.ts';
import type { OpenLog } from '../../../engine/log/keeper.ts';
import type { OpenDetails } from '../../../engine/tasks/details-feed.ts';
import type { Clock } from '../../../system/clock.ts';
import { indexLog } from '../../../system/log/log-index.ts';
import { tailLog } from '../../../system/log/tail.ts';
import { logFingerprint } from '../../../system/state/fingerprint.ts';
import { withinTime } from '../../../system/time-limit.ts';
import { mirroredTask } from './mirrored-task.ts';

type HubViewing = {
  openLog: OpenLog;
  openDetails: OpenDetails;
  /** Removes the mirrors. */
  close(): Promise<void>;
};

type HubViewingDeps = { link: HubLink; hub: Pick<HubTasks, 'tasks' | 'onChange'>; clock: Clock };

export async function hubViewing({ link, hub, clock }: HubViewingDeps): Promise<HubViewing> {
  const directory = await mkdtemp(join(tmpdir(), 'autonomous-tui-hub-'));
  const mirrors = sharedMirrors(link, directory);
  return {
    openLog: (task) => hubLog(mirrors.open(task), { task, clock }),
    openDetails: (task) => {
      const mirror = mirrors.open(task);
      const hubKey = hubTaskKey(task) ?? '';
      return followHubDetails({
        ...{ clock, hub, task, hubKey, mirror },
        openGuidance: (onChange) => followHubGuidance({ link, clock, key: hubKey }, onChange),
        onClose: mirror.close,
      });
    },
    close: async () => {
      await mirrors.close();
      await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

type OpenMirror = Pick<TaskMirror, 'texts' | 'problem' | 'onChange'> & {
  directory: string;
  close(): void;
};

type Shared = { mirror: Promise<TaskMirror>; directory: string; users: number };

/** One mirror of a task for its log and its details. */
function sharedMirrors(link: HubLink, root: string) {
  const shared = new Map<TaskKey, Shared>();
  const closing = new Set<Promise<void>>();
  let count = 0;

  function letGo(one: Shared): void {
    const closed = one.mirror
      .then((mirror) => mirror.close())
      .catch(() => {})
      .then(() => rm(one.directory, { recursive: true, force: true, maxRetries: 3 }))
      .catch(() => {})
      .finally(() => void closing.delete(closed));
    closing.add(closed);
  }

  function begin(task: TaskKey): Shared {
    const directory = join(root, String(++count));
    const key = hubTaskKey(task);
    const mirror =
      key === null
        ? Promise.reject(new Error('This is no task of the hub'))
        : mirroredTask(link, { key, directory });
    return { mirror, directory, users: 0 };
  }

  return {
    open: (task: TaskKey): OpenMirror => {
      const one = shared.get(task) ?? begin(task);
      shared.set(task, one);
      one.users++;
      const opened = openedMirror(one);
      return {
        ...opened,
        close: () => {
          opened.close();
          if (--one.users > 0) return;
          if (shared.get(task) === one) shared.delete(task);
          letGo(one);
        },
      };
    },
    close: async () => {
      for (const one of shared.values()) letGo(one);
      shared.clear();
      await Promise.all(closing);
    },
  };
}

/** Before the mirror is there, it has nothing. */
function openedMirror({ mirror, directory }: Shared): OpenMirror {
  const listeners = new Set<(what: MirrorChange) => void>();
  let there: TaskMirror | null = null;
  let problem: string | null = null;
  let stop = (): void => {};
  let isClosed = false;
  const tell = (what: MirrorChange): void => {
    for (const listener of [...listeners]) listener(what);
  };
  mirror.then(
    (made) => {
      if (isClosed) return;
      there = made;
      stop = made.onChange(tell);
      tell('log');
      tell('details');
    },
    (error: unknown) => {
      problem = `The log cannot be mirrored: ${errorMessage(error)}`;
      tell('details');
    },
  );
  return {
    directory,
    texts: () => there?.texts() ?? null,
    problem: () => there?.problem() ?? problem,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      isClosed = true;
      listeners.clear();
      stop();
    },
  };
}

/**
 * The log pane's own feed on the file of the mirror, and what is wrong with that. The mirror says when there is more: it is
 * made later than the feed, so a watch on its directory would mostly be there, and sometimes never.
 */
function hubLog(mirror: OpenMirror, { task, clock }: { task: TaskKey; clock: Clock }): LogFeed {
  const logPath = join(mirror.directory, 'session.log');
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
      feed.close();
      mirror.close();
    },
  };
}
