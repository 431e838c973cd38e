// What a viewer knows of the hub's tasks and machines. It owns nothing and gives no sign of life. Watches are hints: all tasks
// are listed anew every half minute, and whether a machine lives is asked for. While the hub does not answer, what was
// heard last stays.

import { readHubTask, type ReadTask } from '../../../core/hub/task-record.ts';
import { hubMachineKey } from '../../../core/hub/hub-names.ts';
import type { LeaseDurations } from '../../../core/lease/durations.ts';
import type { Clock } from '../../../system/clock.ts';
import type { HubConnection, HubEntry } from '../../../system/hub/hub-connection.ts';
import { serially } from '../../serially.ts';
import type { HubLink } from '../hub-link.ts';

type HubTasksDeps = {
  link: HubLink;
  clock: Pick<Clock, 'every'>;
  /** The clock of `core/lease/lease.ts`. */
  bootNow(): number;
  durations: LeaseDurations;
};

export type HubTasks = {
  /** By their keys in the hub; the same object while a task is the same. */
  tasks(): ReadonlyMap<string, ReadTask>;
  /** For how long a machine has given no sign of life, ms; null while it lives. */
  silentMs(machine: string): number | null;
  /** For how long the hub has not answered, ms; null while it does, or if it never did. */
  awayMs(): number | null;
  /** `keys`: of the tasks that are new, changed or gone; none if only time has passed. */
  onChange(listener: (keys: readonly string[]) => void): () => void;
  /** Lists everything now. Resolves also if the hub does not answer. */
  look(): Promise<void>;
  close(): void;
};

const tasksEveryMs = 30_000;
const machinesEveryMs = 5000;
/** Longer than an answer may take. */
const awayAfterMs = 2 * machinesEveryMs + 2000;

type Known = { text: string; found: ReadTask };

export function followHubTasks({ link, clock, bootNow, durations }: HubTasksDeps): HubTasks {
  const known = new Map<string, Known>();
  const found = new Map<string, ReadTask>();
  const listeners = new Set<(keys: readonly string[]) => void>();
  /** When each heartbeat was last seen to change. */
  let beats = new Map<string, { revision: number; at: number }>();
  let beatsOf: HubConnection | null = null;
  let askedAt: number | null = null;
  let heardAt: number | null = null;
  let closeWatch = (): void => {};
  let isClosed = false;

  const tell = (keys: readonly string[]): void => {
    for (const listener of [...listeners]) listener(keys);
  };

  /** Whether that is news. */
  function note(key: string, text: string | null): boolean {
    if (known.get(key)?.text === (text ?? undefined)) return false;
    if (text === null) {
      found.delete(key);
      return known.delete(key);
    }
    const read = readHubTask(text, key);
    known.set(key, { text, found: read });
    found.set(key, read);
    return true;
  }

  const lookAtTasks = serially(async () => {
    const connection = link.current();
    if (connection === null || isClosed) return;
    // First: what changes while it is listed is told by it.
    watchOn(connection);
    const entries = await connection.list('tasks', 'task.>');
    if (isClosed || connection !== link.current()) return;
    heardAt = bootNow();
    const there = new Set(entries.map(({ key }) => key));
    const gone = [...known.keys()].filter((key) => !there.has(key));
    const changed = entries.filter(
      ({ key, revision, text }) => isNew(key, revision) && note(key, text),
    );
    for (const key of gone) note(key, null);
    tell([...changed.map(({ key }) => key), ...gone]);
  });

  /** What the watch of the present connection has told, by key. */
  let told = new Map<string, number>();
  const isNew = (key: string, revision: number): boolean => {
    if (revision < (told.get(key) ?? 0)) return false;
    told.set(key, revision);
    return true;
  };

  function watchOn(connection: HubConnection): void {
    closeWatch();
    const own = new Map<string, number>();
    told = own;
    const watched = connection.watch('tasks', 'task.>', (key, { revision, text }: HubEntry) => {
      if (isClosed || told !== own || connection !== link.current()) return;
      if (revision < (own.get(key) ?? 0)) return;
      own.set(key, revision);
      heardAt = bootNow();
      if (note(key, text)) tell([key]);
    });
    closeWatch = watched.close;
  }

  const lookAtMachines = serially(async () => {
    const connection = link.current();
    if (connection === null || isClosed) return;
    const entries = await connection.list('machines', 'machine.>');
    if (isClosed || connection !== link.current()) return;
    const now = bootNow();
    // What was not heard while there was no connection says nothing about a machine.
    const before = beatsOf === connection ? beats : new Map<string, never>();
    if (beatsOf !== connection) askedAt = now;
    beatsOf = connection;
    beats = new Map(
      entries.map(({ key, revision }) => {
        const seen = before.get(key);
        return [key, seen?.revision === revision ? seen : { revision, at: now }];
      }),
    );
    heardAt = now;
    tell([]);
  });

  const soon = (look: () => Promise<void>): Promise<void> => look().catch(() => {});
  const look = async (): Promise<void> => {
    await Promise.all([soon(lookAtTasks), soon(lookAtMachines)]);
  };
  const stops = [
    link.onChange(() => {
      tell([]);
      void look();
    }),
    clock.every(tasksEveryMs, () => void soon(lookAtTasks)),
    clock.every(machinesEveryMs, () => void soon(lookAtMachines)),
  ];
  return {
    tasks: () => found,
    silentMs: (machine) => {
      if (askedAt === null || heardAt === null) return null;
      const at = beats.get(hubMachineKey(machine))?.at ?? askedAt;
      // While the hub is away, nothing could be heard.
      const silent = heardAt - at;
      return silent >= durations.leaseMs ? silent : null;
    },
    awayMs: () => {
      if (heardAt === null) return null;
      const ms = bootNow() - heardAt;
      return link.current() === null || ms >= awayAfterMs ? ms : null;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    look,
    close: () => {
      isClosed = true;
      closeWatch();
      for (const stop of stops) stop();
      listeners.clear();
    },
  };
}
