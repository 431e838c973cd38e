// The stream of a hub that holds the logs of tasks. It is bounded: where it is full, the oldest pieces of all logs go first.

import type { StoredMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { logStream } from '../../../core/hub/log/log-subject.ts';
import { streamExists, streamNotFound, unless, type Opening } from '../buckets.ts';
import { isWrongRevision } from '../classify.ts';
import { HubError } from '../hub-error.ts';
import type { Nats } from '../nats.ts';

/** `sequence`: of the stream; `time`: when the server stored it. */
export type LogMessage = { sequence: number; subject: string; time: string; data: Uint8Array };

export type HubLogs = {
  /** The newest message of a subject, which may have wildcards; null if there is none. */
  last(subject: string): Promise<LogMessage | null>;
  at(sequence: number): Promise<LogMessage | null>;
  /** The oldest sequence that there is. */
  first(): Promise<number>;
  /**
   * The new sequence. Refused unless `expected` is that of the subject's newest message, 0 for none. If it throws a HubError
   * with "no answer" or "unreachable", the message may be stored now, later, or never.
   */
  append(subject: string, data: Uint8Array, expected: number): Promise<number | 'refused'>;
  /**
   * The messages behind a sequence, in order, one at a time. As a hint only: it can go blind. `waiting`: how many more there
   * are, or more than that: a server counts one twice that it stores while it begins to tell them.
   */
  follow(
    subject: string,
    after: number,
    onMessage: (message: LogMessage, waiting: number) => Promise<void>,
  ): { close(): void };
};

const messageNotFound = 10037;
const maxStreamBytes = 1024 * 1024 * 1024;
/** Where the disk has less space than that. */
const smallStreamBytes = 128 * 1024 * 1024;
const maxMessageBytes = 256 * 1024;
/** The server reserves the space of a bounded stream. */
const noSpaceToReserve = 10047;

/** Throws what NATS says, or a HubError. */
export async function openLogs(
  nats: Nats,
  connection: NatsConnection,
  opening: Opening & { fail(error: unknown): HubError },
): Promise<HubLogs> {
  const { answerMs, openMs, shown, fail } = opening;
  await makeStream(nats, connection, { openMs, shown });
  const client = nats.jetstream(connection, { timeout: answerMs, checkAPI: false });
  const { streams } = await client.jetstreamManager();
  const saying = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    try {
      return await answer;
    } catch (error) {
      throw fail(error);
    }
  };
  const message = async (query: { seq: number } | { last_by_subj: string }) => {
    const found = await streams.getMessage(logStream, query).catch(unless(messageNotFound));
    return found === null ? null : asMessage(found);
  };
  return {
    last: (subject) => saying(message({ last_by_subj: subject })),
    at: (sequence) => saying(message({ seq: sequence })),
    first: async () => (await saying(streams.info(logStream))).state.first_seq,
    append: async (subject, data, expected) => {
      try {
        const expect = { lastSubjectSequence: expected };
        return (await client.publish(subject, data, { expect, timeout: answerMs })).seq;
      } catch (error) {
        if (isWrongRevision(error)) return 'refused';
        throw fail(error);
      }
    },
    follow: (subject, after, onMessage) => {
      let isOver = false;
      let stop = (): void => {};
      const follow = async (): Promise<void> => {
        const consumer = await client.consumers.getPushConsumer(logStream, {
          filter_subjects: subject,
          opt_start_seq: after + 1,
        });
        const messages = await consumer.consume();
        stop = () => messages.stop();
        if (isOver) stop();
        for await (const found of messages) {
          if (isOver) break;
          await onMessage(asMessage(found), found.info.pending);
        }
      };
      // Who follows compares with what is there, and follows anew.
      follow().catch(() => {});
      return {
        close: () => {
          isOver = true;
          stop();
        },
      };
    },
  };
}

function asMessage({
  seq,
  subject,
  time,
  data,
}: Pick<StoredMsg, 'seq' | 'subject' | 'time' | 'data'>): LogMessage {
  return { sequence: seq, subject, time: time.toISOString(), data };
}

async function makeStream(
  nats: Nats,
  connection: NatsConnection,
  { openMs, shown }: { openMs: number; shown: string },
): Promise<void> {
  const client = nats.jetstream(connection, { timeout: openMs, checkAPI: false });
  const { streams } = await client.jetstreamManager();
  const info = () => streams.info(logStream);
  const make = (bytes: number) =>
    streams.add({
      ...{ name: logStream, subjects: [`${logStream}.>`], storage: 'file', retention: 'limits' },
      ...{ discard: 'old', max_bytes: bytes, max_msg_size: maxMessageBytes },
      ...{ deny_delete: true, deny_purge: true, allow_direct: false },
    });
  let found = await info().catch(unless(streamNotFound));
  if (found === null) {
    await make(maxStreamBytes)
      .catch((error: unknown) => unless(noSpaceToReserve)(error) ?? make(smallStreamBytes))
      .catch(unless(streamExists));
    found = await info();
  }
  const { discard, retention, max_bytes: bytes } = found.config;
  if (discard !== 'old' || retention !== 'limits' || bytes <= 0) {
    throw new HubError('other settings', { hub: shown, detail: logStream });
  }
}
