// What this process knows of the hub's record of a task: the newest that it has seen in the hub's present start.

import { readHubTask, type HubTask, type ReadTask } from '../../core/hub/task-record.ts';
import type { Stored } from '../../core/lease/lease-record.ts';
import type { HubEntry } from '../../system/hub/hub-connection.ts';

/** `missing`: the hub has no record of the task. */
export type KnownTask = {
  hubStart: string;
  revision: number;
  found: ReadTask | { kind: 'missing' };
};

/** The newer of both, by the same rule as `core/lease/seen.ts`. */
export function newerOf(known: KnownTask | null, news: KnownTask): KnownTask {
  const isOvertaken = known?.hubStart === news.hubStart && news.revision <= known.revision;
  return isOvertaken ? known : news;
}

export function knownFrom(hubStart: string, key: string, { revision, text }: HubEntry): KnownTask {
  return {
    hubStart,
    revision,
    found: text === null ? { kind: 'missing' } : readHubTask(text, key),
  };
}

/** For the rules of leases, a record that cannot be read is none: nothing is claimed on it. */
export function storedOf({ revision, found }: KnownTask): Stored {
  return { revision, record: found.kind === 'read' ? found.task.lease : null };
}

export function taskOf(known: KnownTask | null): HubTask | null {
  return known?.found.kind === 'read' ? known.found.task : null;
}
