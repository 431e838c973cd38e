// What a hub has stored of a task's logs, piece by piece, as only its server can tell.

import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { readLogPiece } from '../../../source/core/hub/log/log-piece.ts';
import { logStream } from '../../../source/core/hub/log/log-subject.ts';

type Stored = { subject: string; epoch: number; offset: number; bytes: Uint8Array };

/** `act` has the stream's manager: what no machine of ours does. */
export async function withStream<Answer>(
  url: string,
  act: (
    manager: Awaited<ReturnType<ReturnType<typeof jetstream>['jetstreamManager']>>,
  ) => Promise<Answer>,
): Promise<Answer> {
  const connection = await connect({ servers: url });
  try {
    return await act(await jetstream(connection).jetstreamManager());
  } finally {
    await connection.close();
  }
}

export function storedPieces(url: string): Promise<Stored[]> {
  return withStream(url, async ({ streams }) => {
    const { state } = await streams.info(logStream);
    const pieces: Stored[] = [];
    for (let sequence = state.first_seq; sequence <= state.last_seq; sequence++) {
      const message = await streams.getMessage(logStream, { seq: sequence });
      const piece = message === null ? null : readLogPiece(message.data);
      if (message !== null && piece !== null) pieces.push({ subject: message.subject, ...piece });
    }
    return pieces;
  });
}

/** The bytes of one log at the hub, if each is there once and in order; else what is wrong, as an error. */
export async function storedLog(url: string, machine: string): Promise<Buffer> {
  const pieces = (await storedPieces(url)).filter(({ subject }) =>
    subject.includes(`.${machine}.`),
  );
  let end = 0;
  for (const { offset, bytes } of pieces) {
    if (offset !== end)
      throw new Error(`A piece begins at ${offset}, and the one before ends at ${end}`);
    end += bytes.length;
  }
  return Buffer.concat(pieces.map(({ bytes }) => bytes));
}

/** As a hostile machine would. */
export async function publishRaw(url: string, subject: string, data: Uint8Array): Promise<void> {
  const connection = await connect({ servers: url });
  try {
    await jetstream(connection).publish(subject, data);
  } finally {
    await connection.close();
  }
}
