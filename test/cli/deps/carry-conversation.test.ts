// The way of a conversation over a real hub, from one Codex home to another.

import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { carriedConversation } from '../../../source/cli/deps/hub/carry-conversation.ts';
import { rolloutName } from '../../../source/core/codex/rollout-start.ts';
import { threadBeganAt } from '../../../source/core/codex/rollout-tokens.ts';
import { systemClock } from '../../../source/system/clock.ts';
import { rolloutDirectory, rolloutPath } from '../../../source/system/conversation/rollout.ts';
import { connectHub, type HubConnection } from '../../../source/system/hub/hub-connection.ts';
import { hasNats, leftOut, NatsServer } from '../../helpers/hub/nats-server.ts';

const threadId = '01a21e92-8f4b-7931-9bed-ed5834723981';
const another = '01a21e92-8f4b-7931-9bed-000000000000';

describe.skipIf(!hasNats)(`a conversation${hasNats ? '' : ` (${leftOut})`}`, () => {
  let place: string;
  let server: NatsServer;
  let hub: HubConnection | null;
  let notes: string[];

  beforeEach(async () => {
    place = fs.mkdtempSync(join(tmpdir(), 'carry-'));
    server = await NatsServer.start();
    const address = { url: server.url, machine: 'machine-a', seed: null, certificate: null };
    hub = await connectHub(address, { answerMs: 2000 });
    notes = [];
  });

  afterEach(async () => {
    await hub?.close();
    await server.remove();
    fs.rmSync(place, { recursive: true, force: true });
  });

  function machine(name: string) {
    return carriedConversation({
      link: { current: () => hub, problem: () => 'The hub is away' },
      clock: systemClock,
      task: 'docs',
      codexHome: join(place, name),
      note: (sentence) => {
        notes.push(sentence);
        return Promise.resolve();
      },
    });
  }

  const beginning = (id: string): string =>
    `{"timestamp":"t","type":"session_meta","payload":{"id":"${id}"}}\n`;

  function written(name: string, id: string, text: string): string {
    const directory = rolloutDirectory(join(place, name), threadBeganAt(id)!);
    fs.mkdirSync(directory, { recursive: true });
    const path = join(directory, rolloutName(id)!);
    fs.writeFileSync(path, text);
    return path;
  }

  const pathOn = (name: string): Promise<string | null> => rolloutPath(join(place, name), threadId);

  test('is on the next machine what it was on the one before, as far as it was sent last', async () => {
    const a = machine('a');
    const path = written('a', threadId, `${beginning(threadId)}one\n`);
    await a.send(threadId);
    fs.appendFileSync(path, 'two\nthr');
    await a.send(threadId);
    expect(await machine('b').bring(threadId)).toBe(true);
    const there = await pathOn('b');
    expect(fs.readFileSync(there!, 'utf8')).toBe(`${beginning(threadId)}one\ntwo\n`);
    expect(notes).toEqual([]);
  });

  test('that has not grown is not sent again', async () => {
    const a = machine('a');
    written('a', threadId, beginning(threadId));
    await a.send(threadId);
    // Whoever sent it again would put it in the place of this.
    await hub!.objects.put('docs', { of: another, bytes: new Blob(['x']).stream() });
    await a.send(threadId);
    expect((await hub!.objects.get('docs', 9))?.of).toBe(another);
  });

  test.each([
    ['was never sent', null, 'the hub does not have it'],
    [
      'is another one at the hub',
      { of: another, text: beginning(another) },
      'the hub does not have it',
    ],
    [
      'is not what it says it is',
      { of: threadId, text: beginning(another) },
      'it is no record of Codex',
    ],
    ['is empty at the hub', { of: threadId, text: '' }, 'it is no record of Codex'],
  ])('that %s does not come, which is said', async (_how, kept, why) => {
    if (kept !== null) {
      await hub!.objects.put('docs', { of: kept.of, bytes: new Blob([kept.text]).stream() });
    }
    expect(await machine('b').bring(threadId)).toBe(false);
    expect(await pathOn('b')).toBe(null);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain(`The conversation of the machine before did not come along: ${why}`);
  });

  test('that is larger than 64 MiB stays where it is, which is said once', async () => {
    const path = written('a', threadId, beginning(threadId));
    fs.truncateSync(path, 65 * 1024 * 1024);
    fs.appendFileSync(path, '\n');
    const a = machine('a');
    await a.send(threadId);
    await a.send(threadId);
    expect(notes).toEqual(['The conversation stays on this machine: it is larger than 64 MiB']);
    expect(await hub!.objects.get('docs', 9)).toBe(null);
  });

  test('neither goes nor comes while the hub is away, which is said and stops nothing', async () => {
    written('a', threadId, beginning(threadId));
    await hub!.close();
    hub = null;
    await machine('a').send(threadId);
    expect(await machine('b').bring(threadId)).toBe(false);
    expect(notes).toEqual([
      'The conversation stays on this machine: The hub is away',
      'The conversation of the machine before did not come along: The hub is away',
    ]);
  });

  test('that Codex does not have is not sent, and nothing is said', async () => {
    await machine('a').send(threadId);
    expect(notes).toEqual([]);
  });
});
