// The mirrors of the tasks that a dashboard over a hub has open: one of each task, in a directory of its own, made once the
// selection rests on it and removed when nobody uses it any more.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hubTaskKey } from '../../../../core/hub/hub-names.ts';
import type { TaskKey } from '../../../../core/task/task-key.ts';
import { errorMessage } from '../../../../core/text/error-message.ts';
import type { HubLink } from '../../../../engine/hub/hub-link.ts';
import type { MirrorChange, TaskMirror } from '../../../../engine/hub/logs/mirror-task.ts';
import type { Clock } from '../../../../system/clock.ts';
import { mirroredTask } from './mirrored-task.ts';
import { onceRested } from './once-rested.ts';

export type OpenMirror = Pick<TaskMirror, 'texts' | 'problem' | 'onChange' | 'caughtUp'> & {
  directory: string;
  close(): void;
};

/** `pass`: it is not to be made, if it is not yet. */
type Shared = { mirror: Promise<TaskMirror>; pass(): void; directory: string; users: number };

/** One mirror of a task for its log and its details. */
export function sharedMirrors({ link, clock }: { link: HubLink; clock: Clock }, root: string) {
  const shared = new Map<TaskKey, Shared>();
  const closing = new Set<Promise<void>>();
  let count = 0;

  function letGo(one: Shared): void {
    one.pass();
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
    const { promise: rested, resolve, reject } = Promise.withResolvers<void>();
    const cancel = onceRested(clock, resolve);
    const mirror = rested.then(() => {
      if (key === null) throw new Error('This is no task of the hub');
      return mirroredTask(link, { key, directory });
    });
    const pass = (): void => {
      cancel();
      reject(new Error('Another task was selected'));
    };
    return { mirror, pass, directory, users: 0 };
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
function openedMirror({ mirror, directory }: Pick<Shared, 'mirror' | 'directory'>): OpenMirror {
  const listeners = new Set<(what: MirrorChange) => void>();
  let there: TaskMirror | null = null;
  let problem: string | null = null;
  let stop = (): void => {};
  let isClosed = false;
  const caughtUp = Promise.withResolvers<void>();
  const tell = (what: MirrorChange): void => {
    for (const listener of [...listeners]) listener(what);
  };
  mirror.then(
    (made) => {
      if (isClosed) return;
      there = made;
      stop = made.onChange(tell);
      void made.caughtUp.then(caughtUp.resolve);
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
    caughtUp: caughtUp.promise,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      isClosed = true;
      listeners.clear();
      caughtUp.resolve();
      stop();
    },
  };
}
