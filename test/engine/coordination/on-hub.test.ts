import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { noAccount, writtenAccountRecord } from '../../../source/core/hub/account-record.ts';
import { readHubTask } from '../../../source/core/hub/task-record.ts';
import type { Wait } from '../../../source/core/run/run.ts';
import type { Coordination } from '../../../source/engine/coordination/coordination.ts';
import { compiledSource } from '../../helpers/compiled-code.ts';
import { HandClock } from '../../helpers/hand-clock.ts';
import { accountKey, HubMachine, taskKey, withTwoMachines } from '../../helpers/hub/hub-machine.ts';
import { hasNats, leftOut, NatsServer } from '../../helpers/hub/nats-server.ts';
import { until } from '../../helpers/until.ts';
import { describeCoordination, type CoordinationWorld } from './conformance.ts';

const helper = new URL('../../helpers/hub/hub-machine.ts', import.meta.url).href;
const claiming = `import { HubMachine } from '${helper}';
const machine = await HubMachine.enter('machine-3', { url: process.argv[1] });
console.log(await (await machine.process()).claim() === null ? 'refused' : 'claimed');
setInterval(() => {}, 1000);`;

async function world(): Promise<CoordinationWorld> {
  const server = await NatsServer.start();
  const clock = new HandClock();
  const machines: HubMachine[] = [];
  const enterHub = async (name: string): Promise<HubMachine> => {
    const machine = await HubMachine.enter(name, { url: server.url }, { clock });
    machines.push(machine);
    await machine.connected();
    return machine;
  };
  const processes: Coordination[] = [];
  for (const name of ['machine-1', 'machine-2']) {
    processes.push(await (await enterHub(name)).process());
  }
  await machines[0]!.give();
  return {
    clock,
    enter: () => processes.shift()!,
    claimElsewhere: async () => {
      const words = ['--no-warnings', '--input-type=module', '-e', claiming, '--', server.url];
      const child = spawn(process.execPath, words, {
        env: { ...process.env, ...compiledSource },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [said] = (await once(child.stdout, 'data')) as [Buffer];
      if (said.toString() !== 'claimed\n') throw new Error(`it is ${said.toString()}`);
      return async () => {
        const exit = once(child, 'exit');
        child.kill('SIGKILL');
        await exit;
      };
    },
    recorded: async () => {
      const { text } = await (await machines[1]!.connected()).read('tasks', taskKey);
      const read = readHubTask(text ?? '', taskKey);
      return read.kind === 'read' ? read.task.run : null;
    },
    remove: async () => {
      for (const machine of machines) await machine.leave();
      await server.remove();
    },
  };
}

describe.skipIf(!hasNats)(hasNats ? 'with a nats-server' : leftOut, () => {
  describeCoordination('coordination on a hub', world);
});

test.skipIf(!hasNats)(
  'a session that waits because this program is too old for the account says so, and starts when it can',
  async () => {
    await withTwoMachines(async ({ owner }) => {
      const connection = await owner.connected();
      const newer = { text: '{"version":1000}', expected: null };
      const revision = await connection.write('accounts', accountKey, newer);
      const waits: Wait[] = [];
      const asked = (await owner.process()).requestPermit({
        atOnce: 1,
        waits: (wait) => waits.push(wait),
      });
      const { reason, sentence } = await until('it says why', () => waits.at(-1));
      expect([reason, sentence]).toEqual([
        'hub',
        expect.stringMatching(/cannot be read: update autonomous-tui on this machine$/u),
      ]);
      if (revision === 'refused') throw new Error('the record was there already');
      await connection.write('accounts', accountKey, {
        text: writtenAccountRecord(noAccount),
        expected: revision,
      });
      (await asked.given).release();
    });
  },
);
