// One usage limit for all tasks of the same account, in whatever project they are.

import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { usageLimit } from '../../source/demo/faults.ts';
import { stateDirectory } from '../../source/system/state/state-directory.ts';
import { stateHome } from '../../source/system/state/state-files.ts';
import { until } from '../helpers/until.ts';
import { test } from '../helpers/end-to-end-world.ts';

const headless = (task: string) => ['--headless', '--json', '--task-name', task, '--continue'];
const waits = '"type":"waits","reason":"usage limit"';

test('tasks of two projects wait for one limit; one task checks whether it is over, and if it dies, the next one does', async ({
  makeWorld,
}) => {
  // Until the first look both have to wait, also on a machine that needs seconds to start the second one.
  const world = await makeWorld({ configuration: { restSeconds: 0, resetMarginSeconds: 15 } });
  await world.prepare('shop');
  const other = join(world.directory, 'other');
  await promisify(execFile)('git', ['init', '--quiet', other]);
  await mkdir(join(other, '.autonomous', 'garden'), { recursive: true });
  await writeFile(join(other, '.autonomous', 'garden', 'task_list.md'), '- [ ] Do part 1\n');
  await writeFile(join(other, '.autonomous', 'garden', 'progress.md'), '# Progress\n');

  // The minute that Codex names has begun already: the limit may be over at any moment.
  world.setAnswer(() => usageLimit({ resetsAtMs: Date.now() }));
  const shop = world.start(headless('shop'));
  await shop.waitFor(waits);
  const garden = world.start(headless('garden'), { cwd: other });
  await garden.waitFor(waits);
  expect(world.requests).toHaveLength(1);

  world.setAnswer(world.worker);
  const gate = world.hold(() => true);
  const isOfShop = (await gate.reached()).prompt.includes('.autonomous/shop/');
  await delay(2500);
  expect(world.requests).toHaveLength(2);

  const prober = isOfShop
    ? { program: shop, project: world.project, task: 'shop' }
    : { program: garden, project: other, task: 'garden' };
  const state = stateDirectory(stateHome(world.env), prober.project, prober.task);
  const { session } = (await state.readRecord())!;
  prober.program.kill('SIGKILL');
  process.kill(session!.codex!.pid, 'SIGKILL');
  await until('the next task checks', () => world.requests.length === 3);
  const second = isOfShop ? garden : shop;
  expect(world.requests.at(-1)!.prompt).toContain(isOfShop ? 'garden/' : 'shop/');
  gate.open();
  expect((await second.ended).exitCode).toBe(0);
  expect(second.stdout()).toContain('"type":"goes-on"');

  const again = await world.run(headless(prober.task), { cwd: prober.project });
  expect(again).toMatchObject({ exitCode: 0, stderr: '' });
});
