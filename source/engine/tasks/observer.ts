// Disk → actions for the Board; holds only what it saw last. Watchers are only hints: after an overflow of the
// kernel's queue half of the files would stay stale for good. So it stats active tasks every second and all tasks
// every few seconds, and reads only what changed.

import type { BoardAction, TaskView } from '../../core/task/board.ts';
import { minuteMs } from '../../core/task/recent-activity.ts';
import type { ProcessIdentity, ProcessLife } from '../../core/run/record.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import type { Clock } from '../../system/clock.ts';

export type ObserverDeps = {
  clock: Clock;
  names(): Promise<string[]>;
  /** Changes when anything about the task does; null when the task is gone. Cheap. */
  fingerprint(name: string): string | null;
  read(name: string): Promise<TaskView>;
  lifeOf(identity: ProcessIdentity): Promise<ProcessLife>;
  /** Hints about `.autonomous/`: a task's name, or null if it is not known which. */
  watch(onHint: (task: string | null) => void): { close(): Promise<void> };
};

export type Observer = {
  /** Looks at everything now. */
  look(): Promise<void>;
  /** Takes hints from now on. Loading the watcher takes as long as drawing the first screen: draw that first. */
  watch(): void;
  close(): Promise<void>;
};

/** It has a runner, or will have one any moment: the record is written where no watcher looks. */
function isActive({ runnerPid, state }: TaskView): boolean {
  return runnerPid !== null || state.word === 'starting';
}

/** `minute`: when it was read, in whole minutes since the epoch. */
type Seen = { fingerprint: string; minute: number; view: TaskView };

const activeEveryMs = 1000;
const everythingEveryMs = 5000;

export function observeTasks(
  deps: ObserverDeps,
  dispatch: (action: BoardAction) => void,
): Observer {
  const seen = new Map<string, Seen>();
  let looking: Promise<void> = Promise.resolve();
  let isClosed = false;

  /** One look at a time: two at once could give the Board old data after new. */
  function look(which: () => Promise<readonly string[] | 'everything'>): Promise<void> {
    looking = looking
      .then(async () => {
        if (isClosed) return;
        const names = await which();
        await (names === 'everything' ? lookAtEverything() : lookAt(names, []));
        keepPace();
        dispatch({ type: 'problem', sentence: null });
      })
      .catch((error: unknown) => {
        dispatch({ type: 'problem', sentence: `The tasks cannot be read: ${errorMessage(error)}` });
      });
    return looking;
  }

  async function lookAtEverything(): Promise<void> {
    const names = await deps.names();
    const there = new Set(names);
    const gone = [...seen.keys()].filter((name) => !there.has(name));
    await lookAt(names, gone);
  }

  async function lookAt(names: readonly string[], gone: readonly string[]): Promise<void> {
    const changed: TaskView[] = [];
    const lost: string[] = [];
    for (const name of names) {
      const fingerprint = deps.fingerprint(name);
      if (fingerprint === null) {
        lost.push(name);
        continue;
      }
      const before = seen.get(name);
      if (before?.fingerprint === fingerprint && (await isStillTrue(before))) continue;
      const minute = thisMinute();
      const view = await deps.read(name);
      seen.set(name, { fingerprint, minute, view });
      changed.push(view);
    }
    const forgotten = [...gone, ...lost.filter((name) => seen.has(name))];
    for (const name of forgotten) seen.delete(name);
    dispatch({ type: 'tasks-seen', changed, gone: forgotten });
  }

  /** A runner that dies or is stopped touches no file, and the activity bar advances each minute; fingerprints miss both. */
  async function isStillTrue({ view, minute }: Seen): Promise<boolean> {
    const { runner, runnerIsStopped, state } = view;
    // A start that came to nothing is over after a while.
    if (runner === null) return state.word !== 'starting';
    const life = runnerIsStopped ? 'stopped' : 'running';
    return minute === thisMinute() && (await deps.lifeOf(runner)) === life;
  }

  function thisMinute(): number {
    return Math.floor(deps.clock.now() / minuteMs);
  }

  const active = (): string[] =>
    [...seen.values()].filter(({ view }) => isActive(view)).map(({ view }) => view.name);

  /** Without an active task there is no timer every second. */
  function keepPace(): void {
    if (isClosed || active().length === 0) {
      stopActive?.();
      stopActive = null;
    } else {
      stopActive ??= deps.clock.every(
        activeEveryMs,
        () => void look(() => Promise.resolve(active())),
      );
    }
  }

  const stopEverything = deps.clock.every(
    everythingEveryMs,
    () => void look(() => Promise.resolve('everything')),
  );
  let stopActive: (() => void) | null = null;
  let watcher: { close(): Promise<void> } | null = null;

  function hinted(task: string | null): void {
    const isKnown = task !== null && seen.has(task);
    void look(() => Promise.resolve(isKnown ? [task] : 'everything'));
  }

  return {
    look: () => look(() => Promise.resolve('everything')),
    watch: () => {
      if (!isClosed) watcher ??= deps.watch(hinted);
    },
    close: async () => {
      isClosed = true;
      stopEverything();
      keepPace();
      await watcher?.close();
      await looking;
    },
  };
}
