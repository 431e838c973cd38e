import { expect, test } from 'vitest';
import type { SharedOffer } from '../../../source/core/hub/task-offer.ts';
import { readHubTask } from '../../../source/core/hub/task-record.ts';
import { giveTask } from '../../../source/engine/hub/give-task.ts';
import type { HubConnection } from '../../../source/system/hub/hub-connection.ts';

const key = 'task.laptop./shop.docs';
const offer: SharedOffer = {
  ...{ description: 'Write the docs', remote: '/srv/shop.git', base: 'a'.repeat(40) },
  ...{ directory: '', model: null, review: null, checks: null, pinned: null },
};

/** What is written when it is given. */
async function given(changed: Partial<SharedOffer>): Promise<string[]> {
  const texts: string[] = [];
  const connection = {
    hubStart: 'S',
    write: (_bucket: string, _key: string, { text }: { text: string }) => {
      texts.push(text);
      return Promise.resolve(1);
    },
  } as unknown as HubConnection;
  const gift = { key, run: null, isNew: true, newId: () => 'id' };
  await giveTask(connection, { ...gift, offer: { ...offer, ...changed } }).catch((error: Error) =>
    texts.push(error.message),
  );
  return texts;
}

test('a description that readers of the hub refuse is refused when it is given', async () => {
  expect(await given({ description: 'x'.repeat(65_537) })).toEqual([
    'The description has 65537 characters, and a hub takes at most 65536: put the rest in a file of the project, and name it',
  ]);
});

test('the longest description that is given can be read', async () => {
  const description = '\u0001'.repeat(65_536);
  const [text = ''] = await given({ description });
  expect(readHubTask(text, key)).toMatchObject({ task: { offer: { description } } });
});

test.each<Partial<SharedOffer>>([
  { remote: 'ext::sh' },
  { base: 'HEAD' },
  { directory: '../elsewhere' },
  { pinned: '../laptop' },
])('what no reader of the hub takes is not given: %j', async (changed) => {
  expect(await given(changed)).toEqual([
    'The machines of the hub could not read this task: start it without --hub',
  ]);
});
