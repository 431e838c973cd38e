import { expect, test } from 'vitest';
import { writtenLogPiece } from '../../../../source/core/hub/log/log-piece.ts';
import { logIdOf, logSubject } from '../../../../source/core/hub/log/log-subject.ts';
import { followLog, type FollowLogDeps } from '../../../../source/engine/hub/logs/follow-log.ts';
import type { HubLogs, LogMessage } from '../../../../source/system/hub/logs/log-stream.ts';
import { until } from '../../../helpers/until.ts';

const key = 'task.laptop./home/ann/shop.docs';
const name = { machine: 'machine-a', log: logIdOf(1, '0a1b2c3d4e5f6071'), key };

function message(sequence: number): LogMessage {
  const data = writtenLogPiece({
    epoch: 1,
    offset: sequence,
    bytes: new TextEncoder().encode('\n'),
  });
  return { sequence, subject: logSubject(name), time: '2026-11-29T12:00:00.000Z', data };
}

test('that all has come is told also by a hub that says without end that one more waits', async () => {
  let hear: Parameters<HubLogs['follow']>[2] | null = null;
  let lookAgain = (): void => {};
  let there = message(2);
  const logs = {
    last: () => Promise.resolve(there),
    follow: (_subject: string, _after: number, onMessage: typeof hear) => {
      hear = onMessage;
      return { close: () => {} };
    },
  };
  const connection = { logs: () => Promise.resolve(logs) };
  const happened: string[] = [];
  const followed = followLog({
    link: { current: () => connection, problem: () => null, onChange: () => () => {} },
    clock: {
      every: (_ms: number, look: () => void) => {
        lookAgain = look;
        return () => {};
      },
    },
    key,
    onPiece: (_name: unknown, { offset }: { offset: number }) =>
      Promise.resolve(void happened.push(`piece ${offset}`)),
    onCaughtUp: () => Promise.resolve(void happened.push('caught up')),
  } as unknown as FollowLogDeps);
  const came = await until('it follows', () => hear);

  await came(message(1), 2);
  lookAgain();
  await came(message(2), 1);
  expect(happened).toEqual(['piece 1', 'piece 2']);
  lookAgain();
  await until('it is told', () => happened.includes('caught up'));
  // Once, until something comes again.
  lookAgain();
  there = message(3);
  await came(message(3), 1);
  lookAgain();
  await until('it is told again', () => happened.filter((one) => one === 'caught up').length > 1);
  expect(happened).toEqual(['piece 1', 'piece 2', 'caught up', 'piece 3', 'caught up']);
  await followed.close();
});
