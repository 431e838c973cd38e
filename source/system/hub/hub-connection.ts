// One connection to the hub, to one start of its server. It never connects again by itself: the packages of NATS would keep
// what they could not send for the next connection, which may be to another start (core/lease/lease-record.ts). What is
// read is what was written last: never from a replica or a cache.

import type { KV, KvEntry } from '@nats-io/kv';
import type { NatsConnection, NodeConnectionOptions } from '@nats-io/transport-node';
import type { HubBucket } from '../../core/hub/hub-names.ts';
import { inboxOf } from '../../core/hub/serve/rights.ts';
import { shownAddress } from '../../core/hub/hub-problem.ts';
import { systemClock } from '../clock.ts';
import { askServer } from './ask-server.ts';
import { openBucket, openBuckets, type NeededBucket } from './buckets.ts';
import { classified, isWrongRevision } from './classify.ts';
import type { HubAddress } from './hub-address.ts';
import { HubError } from './hub-error.ts';
import { openLogs, type HubLogs } from './logs/log-stream.ts';
import { loadNats, type Nats } from './nats.ts';

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
  /** Why it ended. */
  closed: Promise<HubError>;
  close(): Promise<void>;
};

const connectMs = 3000;
/** A hub that does not answer two of them is gone, though its machine may still hold the connection. */
const pingEveryMs = 4000;
const refusedMs = 10_000;

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
    return connectionOf(connection, { ...buckets, ...isOptional }, { answerMs, fail });
  } catch (error) {
    await connection.close().catch(() => {});
    throw fail(error);
  }
}

function optionsOf(
  nats: Nats,
  { machine, seed, certificate }: HubAddress,
  { host, port, user, password, isTls }: ReturnType<typeof placeOf>,
): NodeConnectionOptions {
  return {
    servers: `${host.includes(':') ? `[${host}]` : host}:${port}`,
    reconnect: false,
    ignoreClusterUpdates: true,
    timeout: connectMs,
    pingInterval: pingEveryMs,
    maxPingOut: 2,
    ...(machine === null ? {} : { name: machine, inboxPrefix: inboxOf(machine) }),
    ...(user === '' ? {} : { user, pass: password }),
    ...(seed === null
      ? {}
      : { authenticator: nats.nkeyAuthenticator(new TextEncoder().encode(seed)) }),
    ...(certificate === null ? (isTls ? { tls: {} } : {}) : { tls: trusting(certificate) }),
  };
}

/** Exactly this certificate, whatever address and name the hub is reached by: only it has that key. */
function trusting(certificate: string): NonNullable<NodeConnectionOptions['tls']> {
  const options = { ca: certificate, checkServerIdentity: () => undefined };
  return options;
}

const defaultPort = 4222;

function placeOf(url: string, shown: string) {
  const parsed = URL.parse(url);
  if (parsed === null || !/^(?:nats|tls):$/.test(parsed.protocol) || parsed.hostname === '') {
    throw new HubError('bad address', { hub: shown });
  }
  const { hostname, port, username, password, protocol } = parsed;
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? defaultPort : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    isTls: protocol === 'tls:',
    shown,
  };
}

/**
 * Opened once, however often it is asked for. What the hub refuses is asked for again after a while only: who follows looks
 * each second.
 */
function openedOnce<Place>(
  open: () => Promise<Place>,
  fail: (error: unknown) => HubError,
): () => Promise<Place> {
  let opening: Promise<Place> | null = null;
  let refused: { error: HubError; at: number } | null = null;
  return () => {
    if (refused !== null && systemClock.monotonic() < refused.at + refusedMs) {
      return Promise.reject(refused.error);
    }
    opening ??= open().catch((caught: unknown) => {
      opening = null;
      const error = fail(caught);
      const isAnswer = error.problem !== 'no answer' && error.problem !== 'unreachable';
      refused = isAnswer ? { error, at: systemClock.monotonic() } : null;
      throw error;
    });
    return opening;
  };
}

/** `texts` and `logs`: a hub of an older version has none. */
type Opened = Readonly<Record<NeededBucket, KV>> & {
  texts(): Promise<KV>;
  logs(): Promise<HubLogs>;
};

function connectionOf(
  connection: NatsConnection,
  opened: Opened,
  { answerMs, fail }: { answerMs: number; fail(error: unknown): HubError },
): HubConnection {
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
        const kept = await open(bucket);
        const names: string[] = [];
        for await (const name of await kept.keys(keys)) names.push(name);
        const entries = await Promise.all(names.map((name) => kept.get(name)));
        return entries.flatMap((entry) =>
          entry === null ? [] : [{ key: entry.key, ...entryOf(entry) }],
        );
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
