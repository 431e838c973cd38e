// One connection to the hub, to one start of its server. It never connects again by itself: the packages of NATS would keep
// what they could not send for the next connection, which may be to another start (core/lease/lease-record.ts). What is
// read is what was written last: never from a replica or a cache.

import type { JetStreamManager } from '@nats-io/jetstream';
import type { KV, KvEntry } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import type { HubBucket } from '../../core/hub/hub-names.ts';
import { shownAddress } from '../../core/hub/hub-problem.ts';
import { askServer } from './ask-server.ts';
import { openBucket, openBuckets, type NeededBucket } from './buckets.ts';
import { classified, isWrongRevision } from './classify.ts';
import type { HubAddress } from './hub-address.ts';
import { HubError } from './hub-error.ts';
import { connectMs, optionsOf, placeOf } from './connect-options.ts';
import { listBucket } from './list-bucket.ts';
import { lookAtHub, type HubLook } from './look-at-hub.ts';
import { openLogs, type HubLogs } from './logs/log-stream.ts';
import { loadNats } from './nats.ts';
import { hubObjects, type HubObjects } from './objects.ts';
import { openedOnce } from './opened-once.ts';

/** `revision` 0 and `text` null: the hub has nothing under this key. */
export type HubEntry = { revision: number; text: string | null };

export type HubConnection = {
  /** The server's start: it draws another id each time it starts. */
  hubStart: string;
  read(bucket: HubBucket, key: string): Promise<HubEntry>;
  /**
   * The new revision. Refused unless `expected` is the revision of the key; null writes in any case. If it throws a
   * HubError with "no answer" or "unreachable", the text may be stored now, later, or never.
   */
  write(
    bucket: HubBucket,
    key: string,
    written: { text: string; expected: number | null },
  ): Promise<number | 'refused'>;
  /** All that is there under keys of this pattern. */
  list(bucket: HubBucket, keys: string): Promise<readonly (HubEntry & { key: string })[]>;
  /** What is there, and each change: as a hint only, since a watch can go blind. */
  watch(
    bucket: HubBucket,
    keys: string,
    onEntry: (key: string, entry: HubEntry) => void,
  ): { close(): void };
  /** Where logs are. Rejects with a HubError if the hub has no place for them, or this machine no right to it. */
  logs(): Promise<HubLogs>;
  objects: HubObjects;
  /** Takes some questions: for users who ask how the hub is. */
  look(): Promise<HubLook>;
  /** Why it ended. */
  closed: Promise<HubError>;
  close(): Promise<void>;
};

export async function connectHub(
  address: HubAddress,
  { answerMs }: { answerMs: number },
): Promise<HubConnection> {
  const nats = await loadNats();
  const shown = shownAddress(address.url);
  const fail = (error: unknown): HubError => {
    if (error instanceof HubError) return error;
    const { problem, detail } = classified(error);
    return new HubError(problem, { hub: shown, detail, cause: error });
  };
  const place = placeOf(address.url, shown);
  await askServer(place, connectMs);
  const connection = await nats.connect(optionsOf(nats, address, place)).catch((error: unknown) => {
    throw fail(error);
  });
  try {
    const opening = { shown, answerMs, openMs: connectMs };
    const buckets = await openBuckets(nats, connection, opening);
    const isOptional = {
      texts: openedOnce(() => openBucket(nats, connection, { ...opening, bucket: 'texts' }), fail),
      logs: openedOnce(() => openLogs(nats, connection, { ...opening, fail }), fail),
    };
    const objects = hubObjects({ nats, connection, answerMs, fail });
    // A task needs no conversation, so a hub without them is one.
    await objects.prepare();
    const manager = await nats
      .jetstream(connection, { timeout: answerMs, checkAPI: false })
      .jetstreamManager();
    const looking = { manager, connection, machines: buckets.machines };
    return {
      ...connectionOf(connection, { ...buckets, ...isOptional }, { manager, answerMs, fail }),
      objects,
      look: () =>
        lookAtHub(looking).catch((error: unknown) => {
          throw fail(error);
        }),
    };
  } catch (error) {
    await connection.close().catch(() => {});
    throw fail(error);
  }
}

/** `texts` and `logs`: a hub of an older version has none. */
type Opened = Readonly<Record<NeededBucket, KV>> & {
  texts(): Promise<KV>;
  logs(): Promise<HubLogs>;
};

function connectionOf(
  connection: NatsConnection,
  opened: Opened,
  {
    manager,
    answerMs,
    fail,
  }: { manager: JetStreamManager; answerMs: number; fail(error: unknown): HubError },
): Omit<HubConnection, 'objects' | 'look'> {
  const watches = new Set<{ stop(): void }>();
  const open = async (bucket: HubBucket): Promise<KV> =>
    bucket === 'texts' ? opened.texts() : opened[bucket];
  return {
    hubStart: connection.info?.server_id ?? '',
    read: async (bucket, key) => {
      try {
        const entry = await (await open(bucket)).get(key);
        return entry === null ? { revision: 0, text: null } : entryOf(entry);
      } catch (error) {
        throw fail(error);
      }
    },
    write: async (bucket, key, { text, expected }) => {
      try {
        const options = expected === null ? {} : { previousSeq: expected };
        return await (await open(bucket)).put(key, text, { ...options, timeout: answerMs });
      } catch (error) {
        if (isWrongRevision(error)) return 'refused';
        throw fail(error);
      }
    },
    list: async (bucket, keys) => {
      try {
        const entries = await listBucket(await open(bucket), { manager, bucket, keys });
        return entries
          .map((entry) => ({ key: entry.key, ...entryOf(entry) }))
          .filter(({ text }) => text !== null);
      } catch (error) {
        throw fail(error);
      }
    },
    watch: (bucket, keys, onEntry) => {
      let isOver = false;
      let stop = (): void => {};
      const follow = async (): Promise<void> => {
        const entries = await (await open(bucket)).watch({ key: keys });
        const own = { stop: () => entries.stop() };
        stop = own.stop;
        watches.add(own);
        if (isOver) own.stop();
        for await (const entry of entries) if (!isOver) onEntry(entry.key, entryOf(entry));
        watches.delete(own);
      };
      // A hint only: without it, what is looked at regularly tells.
      follow().catch(() => {});
      return {
        close: () => {
          isOver = true;
          stop();
        },
      };
    },
    logs: opened.logs,
    closed: connection
      .closed()
      .then((error) => fail(error instanceof Error ? error : new Error('connection closed'))),
    close: async () => {
      for (const watch of watches) watch.stop();
      await connection.close();
    },
  };
}

function entryOf({ revision, operation, value }: KvEntry): HubEntry {
  return { revision, text: operation === 'PUT' ? new TextDecoder().decode(value) : null };
}
