// Control requests to the owner of a task over the hub. The watch is a hint; a regular look is what counts. Each request acts
// once, also if the hub comes back with an older one.

import {
  readHubRequest,
  writtenHubRequest,
  type HubRequest,
} from '../../core/hub/request-record.ts';
import type { Want } from '../../core/run/fact.ts';
import type { Clock } from '../../system/clock.ts';
import type { HubConnection, HubEntry } from '../../system/hub/hub-connection.ts';
import type { HubLink } from './hub-link.ts';

type RequestDeps = { link: HubLink; clock: Pick<Clock, 'every'>; key: string };

const lookEveryMs = 5000;

/** Rejects if the hub cannot be told. If it is not known whether it was, the same id may be sent again: it acts once. */
export async function writeHubRequest(
  { link, key }: Pick<RequestDeps, 'link' | 'key'>,
  request: HubRequest,
): Promise<void> {
  const connection = link.current();
  if (connection === null) throw new Error(link.problem() ?? 'The hub is not connected yet');
  await connection.write('requests', key, { text: writtenHubRequest(request), expected: null });
}

export function followHubRequests(
  { link, clock, key }: RequestDeps,
  run: string,
  onWant: (want: Want) => void,
): { close(): void } {
  const actedOn = new Set<string>();
  let isOver = false;
  let closeWatch = (): void => {};
  let toldRevision = 0;

  const hear = ({ text }: HubEntry): void => {
    const request = text === null ? null : readHubRequest(text);
    if (isOver || request === null || request.run !== run || actedOn.has(request.id)) return;
    actedOn.add(request.id);
    onWant(request.want);
  };
  const watch = (connection: HubConnection | null): void => {
    closeWatch();
    closeWatch = () => {};
    toldRevision = 0;
    if (connection === null) return;
    const watched = connection.watch('requests', key, (_, entry) => {
      toldRevision = Math.max(toldRevision, entry.revision);
      hear(entry);
    });
    closeWatch = watched.close;
  };
  const look = async (): Promise<void> => {
    const connection = link.current();
    if (connection === null) return;
    const wasTold = toldRevision;
    const entry = await connection.read('requests', key);
    hear(entry);
    // A watch that has not told it has gone blind, or will tell it in a moment: another one tells it, too.
    if (entry.revision > Math.max(wasTold, toldRevision)) watch(link.current());
  };

  const stops = [
    link.onChange(() => watch(link.current())),
    clock.every(lookEveryMs, () => void look().catch(() => {})),
  ];
  watch(link.current());
  return {
    close: () => {
      isOver = true;
      closeWatch();
      for (const stop of stops) stop();
    },
  };
}
