// The list and notes of a task, as its owner shows them over a real nats-server.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { maxTextLength } from '../../../../source/core/hub/log/task-texts.ts';
import { followTexts } from '../../../../source/engine/hub/logs/follow-texts.ts';
import { sendTexts } from '../../../../source/engine/hub/logs/send-texts.ts';
import { systemClock } from '../../../../source/system/clock.ts';
import { linkTo, logKey as key } from '../../../helpers/hub/log-world.ts';
import { hasNats, leftOut, NatsServer } from '../../../helpers/hub/nats-server.ts';
import { until } from '../../../helpers/until.ts';

const clock = systemClock;

describe.skipIf(!hasNats)(`the texts of a task${hasNats ? '' : ` (${leftOut})`}`, () => {
  let server: NatsServer;
  const cleanUp: (() => Promise<unknown> | void)[] = [];

  beforeEach(async () => {
    server = await NatsServer.start();
    cleanUp.push(() => server.remove());
  });

  afterEach(async () => {
    for (const end of cleanUp.splice(0).reverse()) await end();
  });

  /** What the machine has may be changed. */
  function owner(machine: string, epoch: number, list: string, notes: string | null = null) {
    const texts: { list: string; notes: string | null } = { list, notes };
    const link = linkTo(server.url, machine);
    const sent = sendTexts({
      link,
      clock,
      machine,
      key,
      epoch,
      read: () => Promise.resolve(texts),
    });
    cleanUp.push(async () => {
      sent.close();
      await link.close();
    });
    return texts;
  }

  function follow() {
    const link = linkTo(server.url, 'viewer');
    const followed = followTexts({ link, clock, key }, () => {});
    cleanUp.push(async () => {
      followed.close();
      await link.close();
    });
    return {
      untilList: (wanted: string) =>
        until(`the list is ${wanted}`, () => {
          const { list, notes, machine } = followed.texts() ?? {};
          return list?.text === wanted ? { list, notes, machine } : null;
        }),
    };
  }

  test('are seen elsewhere, and what becomes of them, also after the server was restarted', async () => {
    const { untilList } = follow();
    const texts = owner('machine-a', 1, '- [ ] One', 'Begun');
    expect(await untilList('- [ ] One')).toEqual({
      list: { text: '- [ ] One', isCut: false },
      notes: { text: 'Begun', isCut: false },
      machine: 'machine-a',
    });
    texts.list = '- [x] One';
    await untilList('- [x] One');
    await server.kill();
    texts.list = '- [x] Two';
    await server.start();
    await untilList('- [x] Two');
  });

  test('are those of the newest lease, whoever writes later', async () => {
    const old = owner('machine-a', 1, 'old');
    const { untilList } = follow();
    await untilList('old');
    owner('machine-b', 2, 'new');
    expect(await untilList('new')).toMatchObject({ machine: 'machine-b' });
    old.list = 'late';
    const another = follow();
    await another.untilList('new');
    await untilList('new');
  });

  test('are cut to what the hub takes, and say so', async () => {
    server.configure('max_payload: 100000');
    await server.kill();
    await server.start();
    owner('machine-a', 1, 'x'.repeat(maxTextLength + 1), 'short');
    const { list, notes } = await follow().untilList('x'.repeat(maxTextLength / 8));
    expect(list?.isCut).toBe(true);
    expect(notes).toEqual({ text: 'short', isCut: false });
  });
});
