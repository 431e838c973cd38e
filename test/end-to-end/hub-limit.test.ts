// One usage limit for the tasks of a hub and those without one: two machines, a real NATS server, and the real Codex.

import { expect } from 'vitest';
import { usageLimit } from '../../source/demo/faults.ts';
import { machineDirectory } from '../../source/system/state/machine-directory.ts';
import { stateHome } from '../../source/system/state/state-files.ts';
import { smallPlan, test } from '../helpers/end-to-end-world.ts';
import { hasNats } from '../helpers/hub/nats-server.ts';
import { configuration, patience, withTask } from '../helpers/hub/shared-task.ts';
import { until } from '../helpers/until.ts';

const plan = smallPlan({ steps: 2 });
const timeout = 300_000;

test.skipIf(!hasNats)(
  'a usage limit that a task without a hub meets holds back a hub’s task on another machine, and is over for both when one is answered',
  { timeout },
  async ({ makeWorld }) => {
    await withTask(
      () => makeWorld({ plan, configuration }),
      async ({ first, second, hub, untilDone }) => {
        const ofHub = ({ prompt }: { prompt: string }) => prompt.includes('.autonomous/parts/');
        const gate = first.hold(ofHub);
        second.start(['--worker', ...hub]);
        await gate.reached(patience);
        first.start(['--worker', ...hub]);

        const inAnHour = usageLimit({ resetsAtMs: Date.now() + 3_600_000 });
        first.setAnswer((request) => (ofHub(request) ? first.worker(request) : inAnHour));
        await first.prepare('garden');
        const words = ['--headless', '--json', '--task-name', 'garden', '--continue'];
        const garden = first.start(words);
        await garden.waitFor('"type":"waits","reason":"usage limit"');
        const there = machineDirectory(stateHome(second.env), second.env);
        const limit = await until('the other machine has it', () => there.readLimit(), patience);
        expect(limit.said).toContain('usage limit');

        gate.open();
        const waits = async () => (await second.run(hub)).stdout.includes('(usage limit)');
        await until('the task of the hub waits', waits, patience);
        expect(first.requests.filter((request) => !ofHub(request))).toHaveLength(1);

        first.setAnswer(first.worker);
        const asked = await second.run([...hub, '--task-name', 'parts', '--continue']);
        expect(asked).toMatchObject({ exitCode: 0, stderr: '' });
        expect((await garden.ended).exitCode).toBe(0);
        expect(garden.stdout()).toContain('"type":"goes-on"');
        await untilDone();
        expect(await there.readLimit()).toBeNull();
      },
    );
  },
);
