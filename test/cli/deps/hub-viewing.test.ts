// What a dashboard shows of the selected task of a hub, over a real nats-server.

import { pbkdf2 } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hubViewing } from '../../../source/cli/deps/hub/viewing/hub-viewing.ts';
import type { Entry } from '../../../source/core/log/entry.ts';
import { hubTaskKey, taskOfHubKey } from '../../../source/core/hub/hub-names.ts';
import type { LogFeed } from '../../../source/engine/log/feed.ts';
import type { LogSender } from '../../../source/engine/hub/logs/send-log.ts';
import { message } from '../../helpers/log-lines.ts';
import { linkTo, logKey, LogWorld, unlooking, type LogOwner } from '../../helpers/hub/log-world.ts';
import { hasNats, leftOut } from '../../helpers/hub/nats-server.ts';
import { until } from '../../helpers/until.ts';

const task = taskOfHubKey(logKey)!;

function textOf(entry: Entry | undefined): string | null {
  return entry?.body.kind === 'message' ? entry.body.text : null;
}

describe.skipIf(!hasNats)(`the log of a task of a hub${hasNats ? '' : ` (${leftOut})`}`, () => {
  let world: LogWorld;
  let owner: LogOwner;
  let sender: LogSender;
  const ends: (() => Promise<void> | void)[] = [];

  beforeEach(async () => {
    world = await LogWorld.start();
    owner = await world.owner();
    sender = await owner.begin(world.server.url, 1);
  });

  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
    await world.end();
  });

  /** `watched`: what the hub is asked to tell of. */
  async function openViewing(watched: string[] = []) {
    const link = linkTo(world.server.url, 'viewer', (connection) => ({
      ...connection,
      watch: (bucket, keys, onEntry) => {
        watched.push(keys);
        return connection.watch(bucket, keys, onEntry);
      },
    }));
    ends.push(() => link.close());
    const hub = { tasks: () => new Map<string, never>(), onChange: () => () => {} };
    const viewing = await hubViewing({ link, hub, clock: unlooking });
    ends.push(() => viewing.close());
    return viewing;
  }

  async function untilShown(log: LogFeed, text: string): Promise<void> {
    await owner.write(`${JSON.stringify(message(text))}\n`);
    await until(`${text} is shown`, () => textOf(log.snapshot().entries.at(-1)) === text);
  }

  test('shows a line without looking for it, also on a machine that is too busy to make files at once', async () => {
    const viewing = await openViewing();
    // What makes files waits behind them.
    const busy = Array.from({ length: 8 }, () => {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      pbkdf2('a', 'b', 200_000, 64, 'sha512', resolve);
      return promise;
    });
    const log = viewing.openLog(task);
    ends.push(() => log.close());
    await Promise.all(busy);
    for (const text of ['first', 'second', 'third']) await untilShown(log, text);
    expect(log.snapshot().problem).toBeNull();
  });

  test('shows what was written before without a time, and not as if it had just come', async () => {
    const before = Array.from(
      { length: 2000 },
      (_, number) => `${JSON.stringify(message(`old ${number}`))}\n`,
    );
    for (let from = 0; from < before.length; from += 100) {
      await owner.write(before.slice(from, from + 100).join(''));
      await sender.finish(60_000);
    }
    const viewing = await openViewing();
    const log = viewing.openLog(task);
    ends.push(log.close);
    await until('it is shown', () => textOf(log.snapshot().entries.at(-1)) === 'old 1999');
    await untilShown(log, 'new');
    const { entries } = log.snapshot();
    expect(entries.length).toBeGreaterThan(50);
    const timed = entries.filter(({ startedAt }) => startedAt !== null);
    expect(timed.map(textOf)).toEqual(['new']);
  });

  test('asks for a frame when it has a line, and the details of the task ask for none', async () => {
    const viewing = await openViewing();
    const [log, details] = [viewing.openLog(task), viewing.openDetails(task)];
    ends.push(log.close, details.close);
    await untilShown(log, 'first');
    const [byLog, byDetails] = [vi.fn(), vi.fn()];
    log.subscribe(byLog);
    details.subscribe(byDetails);
    await untilShown(log, 'second');
    await until('it has asked', () => byLog.mock.calls.length > 0);
    expect(byDetails).not.toHaveBeenCalled();
  });

  test('asks the hub nothing about tasks that the selection only passes', async () => {
    const watched: string[] = [];
    const viewing = await openViewing(watched);
    const passed = `${task}-passed`;
    for (const open of [viewing.openLog, viewing.openDetails]) open(passed).close();
    const [log, details] = [viewing.openLog(task), viewing.openDetails(task)];
    ends.push(log.close, details.close);
    await untilShown(log, 'first');
    expect(watched.length).toBeGreaterThan(0);
    expect(watched.filter((keys) => keys.includes(hubTaskKey(passed)!))).toEqual([]);
  });
});
