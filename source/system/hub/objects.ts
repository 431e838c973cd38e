// What a hub keeps that is too large for a record: the conversations of tasks, each in pieces. One that is replaced, or has
// not been replaced for a month, is gone: the worst is that a conversation begins anew.

import type { ObjectResult, ObjectStore } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';
import { hubConversations } from '../../core/hub/hub-names.ts';
import { systemClock } from '../clock.ts';
import type { Nats } from './nats.ts';

/** `of`: what it is, in the words of who put it. */
type HubObject = { of: string; bytes: Buffer };

export type HubObjects = {
  /** Makes the store if it is missing and this machine may: others may only use it. Never rejects. */
  prepare(): Promise<void>;
  /** Replaces what has this name. Throws a sentence. */
  put(name: string, object: { of: string; bytes: ReadableStream<Uint8Array> }): Promise<void>;
  /** Null if there is none. Throws a sentence, also if it is larger than that or not whole. */
  get(name: string, maxBytes: number): Promise<HubObject | null>;
};

type ObjectsDeps = {
  nats: Nats;
  connection: NatsConnection;
  answerMs: number;
  fail(error: unknown): Error;
};

const keptMs = 30 * 24 * 60 * 60 * 1000;
const nanosInMs = 1_000_000;
/** Between two pieces of one that is read. */
const pieceMs = 15_000;

export function hubObjects({ nats, connection, answerMs, fail }: ObjectsDeps): HubObjects {
  let opened: Promise<ObjectStore> | null = null;

  function store(): Promise<ObjectStore> {
    const client = nats.jetstream(connection, { timeout: answerMs, checkAPI: false });
    const options = { ttl: keptMs * nanosInMs };
    opened ??= new nats.Objm(client).create(hubConversations, options).catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  }

  return {
    prepare: () =>
      store().then(
        () => {},
        () => {},
      ),
    put: async (name, { of, bytes }) => {
      try {
        await (await store()).put({ name, description: of }, bytes, { timeout: answerMs });
      } catch (error) {
        throw fail(error);
      }
    },
    get: async (name, maxBytes) => {
      const found = await opening(name, maxBytes).catch((error: unknown) => {
        throw fail(error);
      });
      if (found === null) return null;
      if (found === 'too large') throw new Error(tooLarge);
      return { of: found.info.description ?? '', bytes: await bytesOf(found, maxBytes) };
    },
  };

  /** Once it is opened, its pieces come, whether or not anybody reads them. */
  async function opening(
    name: string,
    maxBytes: number,
  ): Promise<ObjectResult | 'too large' | null> {
    const objects = await store();
    const info = await objects.info(name);
    // A link would lead to what another machine chose.
    const isLink = info?.options?.link !== undefined;
    if (info === null || info.deleted || isLink) return null;
    return info.size > maxBytes ? 'too large' : objects.get(name);
  }
}

const tooLarge = 'it is too large';

/** Throws a sentence. */
async function bytesOf({ data, error }: ObjectResult, maxBytes: number): Promise<Buffer> {
  // It is the error of the stream once more.
  error.catch(() => {});
  const reader = data.getReader();
  const pieces: Uint8Array[] = [];
  try {
    for (let length = 0; ;) {
      const read = await inTime(reader.read()).catch((cause: unknown) => {
        throw new Error('it does not arrive whole', { cause });
      });
      if (read.done) return Buffer.concat(pieces);
      length += read.value.length;
      if (length > maxBytes) throw new Error(tooLarge);
      pieces.push(read.value);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** The package waits without end for a piece that is missing. */
async function inTime<Value>(value: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const cancel = systemClock.wakeAt(systemClock.now() + pieceMs, () =>
    reject(new Error('no piece of it came')),
  );
  try {
    return await Promise.race([value, promise]);
  } finally {
    cancel();
  }
}
