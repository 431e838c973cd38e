// What --doctor says of a hub, on a real nats-server and a real git remote.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hubFindings } from '../../../source/cli/doctor/hub-findings.ts';
import type { Finding } from '../../../source/core/doctor/finding.ts';
import { hubMachineKey } from '../../../source/core/hub/hub-names.ts';
import { writtenMachineRecord } from '../../../source/core/hub/machine-record.ts';
import { rightsOf } from '../../../source/core/hub/serve/rights.ts';
import { connectHub } from '../../../source/system/hub/hub-connection.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';
import { hasNats, leftOut, NatsServer } from '../../helpers/hub/nats-server.ts';

describe.skipIf(!hasNats)(`--doctor --hub${hasNats ? '' : ` (${leftOut})`}`, () => {
  let server: NatsServer;
  let world: GitWorld;
  let home: string;

  beforeEach(async () => {
    server = await NatsServer.start();
    world = makeGitWorld();
    home = join(world.directory, 'state');
    fs.mkdirSync(join(home, 'machine'), { recursive: true });
  });

  afterEach(async () => {
    world.remove();
    await server.remove();
  });

  async function found(url = server.url): Promise<Record<string, Finding>> {
    const all: Record<string, Finding> = {};
    for await (const one of hubFindings(url, { project: world.root, home })) all[one.name] = one;
    return all;
  }

  async function beat(machine: string, text = ''): Promise<void> {
    const address = { url: server.url, machine: null, seed: null, certificate: null };
    const connection = await connectHub(address, { answerMs: 2000 });
    const record = { machine, instance: 'i', boot: 'b' };
    const written = text === '' ? writtenMachineRecord(record) : text;
    await connection.write('machines', hubMachineKey(machine), { text: written, expected: null });
    await connection.close();
  }

  function withRemote(): string {
    const remote = join(world.directory, 'remote.git');
    world.gitIn(world.directory, 'clone', '-q', '--bare', world.root, remote);
    world.git('remote', 'add', 'origin', `file://${remote}`);
    world.git('fetch', '-q', 'origin');
    return remote;
  }

  test('says that it is reached, its version, and whether its clock agrees', async () => {
    const { hub, 'hub clock': clock, 'hub rights': rights, conversations } = await found();
    expect(hub).toMatchObject({ result: 'ok' });
    expect(hub?.sentence).toMatch(
      /^nats:\/\/127\.0\.0\.1:\d+ answers in \d+ ms: NATS 2\.\d+\.\d+ with JetStream$/,
    );
    expect(clock?.sentence).toBe("the hub's clock agrees with that of this machine");
    expect(rights).toMatchObject({ result: 'ok' });
    expect(conversations).toMatchObject({ result: 'ok' });
  });

  test('names the machines that were heard of, and when, and no text of a hostile one', async () => {
    expect((await found())['machines']).toMatchObject({ result: 'note' });
    await beat('laptop');
    await beat('evil', '{"version":1,"machine":"\u001B[31m","instance":"i","boot":"b"}');
    await beat('liar', writtenMachineRecord({ machine: 'laptop', instance: 'i', boot: 'b' }));
    const { machines } = await found();
    expect(machines).toMatchObject({ result: 'ok' });
    expect(machines?.sentence).toMatch(/^heard of: laptop \d+ s ago$/);
  });

  test('writes nothing there, and leaves nothing here', async () => {
    await beat('laptop');
    const remote = withRemote();
    const before = await everything();
    expect((await found())['git remote']).toMatchObject({ result: 'ok' });
    expect(await everything()).toEqual(before);
    expect(world.gitIn(remote, 'for-each-ref', 'refs/autonomous/')).toBe('');
    expect(fs.readdirSync(join(home, 'machine'))).toEqual([]);
  });

  async function everything() {
    const address = { url: server.url, machine: null, seed: null, certificate: null };
    const connection = await connectHub(address, { answerMs: 2000 });
    const buckets = ['tasks', 'machines', 'accounts', 'requests'] as const;
    const all = await Promise.all(buckets.map((bucket) => connection.list(bucket, '>')));
    await connection.close();
    return all;
  }

  test('says that the hub is away, and still looks at the remote', async () => {
    await server.kill();
    const all = await found();
    expect(all['hub']).toMatchObject({ result: 'stops' });
    expect(all['hub']?.sentence).toMatch(/^The hub nats:\S+ cannot be reached/);
    expect(Object.keys(all)).toEqual(['hub', 'git remote']);
  });

  test('says which machine has not the rights that it needs', async () => {
    // The buckets are there, as on every hub that has been used.
    await found();
    const { publish, subscribe } = rightsOf({ machine: 'any', isHost: false });
    const without = (part: string) =>
      JSON.stringify(publish.filter((subject) => !subject.includes(part)));
    const restartWith = async (part: string) => {
      await server.kill();
      const allowed = JSON.stringify([...subscribe, '_INBOX.>']);
      server.configure(
        `authorization { users: [{ user: u, password: p, permissions: { publish: ${without(part)}, subscribe: ${allowed} } }] }`,
      );
      await server.start();
      return found(server.url.replace('nats://', 'nats://u:p@'));
    };
    const noAccounts = await restartWith('$KV.autonomous-accounts');
    expect(noAccounts['hub rights']).toMatchObject({ result: 'stops' });
    expect(noAccounts['hub rights']?.sentence).toMatch(/refuses the key of this machine/);
    // As on a hub whose rights are of a version without conversations: a task can be worked on.
    const noConversations = await restartWith('autonomous-conversations');
    expect(noConversations['conversations']).toMatchObject({ result: 'note' });
  });

  test('says what keeps the work of the project from other machines', async () => {
    const remote = async () => (await found())['git remote'];
    expect(await remote()).toMatchObject({
      result: 'note',
      sentence:
        'tasks of this project are worked on by this machine alone: the project has no git remote named origin',
    });
    const path = withRemote();
    expect((await remote())?.sentence).toMatch(/^file:\S+ can be pushed to, and has [0-9a-f]{10}$/);
    fs.rmSync(path, { recursive: true });
    expect(await remote()).toMatchObject({ result: 'stops' });
  });
});
