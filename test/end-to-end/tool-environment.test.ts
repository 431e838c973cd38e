// Which variables of our program's environment reach the commands that the real Codex runs.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { command } from '../../source/demo/responses-api.ts';
import { hasSandbox, smallPlan, test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';

const look = command('env > environment.txt');
const plan = smallPlan({ steps: 1, work: () => [look] });
/** The copy of the shell has an environment of its own. */
const codex = { shellSnapshot: true };
const keys = { PROVIDER_API_KEY: 'one', GITHUB_TOKEN: 'two', DATABASE_PASSWORD: 'three' };

describe.skipIf(!hasSandbox)('API keys in the environment', { concurrent: true }, () => {
  test('reach commands by default', async ({ makeWorld }) => {
    const seen = await seenBy(await makeWorld({ plan, codex }));
    expect(seen).toMatchObject(keys);
  });

  test('do not with "toolEnvironment": "core", but the session marker does', async ({
    makeWorld,
  }) => {
    const configuration = { restSeconds: 0, toolEnvironment: 'core' };
    const seen = await seenBy(await makeWorld({ plan, configuration, codex }));
    for (const name of Object.keys(keys)) expect(seen).not.toHaveProperty(name);
    expect(seen['AUTONOMOUS_TUI_SESSION']).toMatch(/^[0-9a-f-]{36}$/);
    expect(seen).toHaveProperty('PATH');
    expect(seen).toHaveProperty('HOME');
  });

  test('do again if one invocation says so', async ({ makeWorld }) => {
    const configuration = { restSeconds: 0, toolEnvironment: 'core' };
    const inherit = ['--', '-c', 'shell_environment_policy.inherit="all"'];
    const seen = await seenBy(await makeWorld({ plan, configuration, codex }), inherit);
    expect(seen).toMatchObject(keys);
  });
});

async function seenBy(
  world: EndToEndWorld,
  more: readonly string[] = [],
): Promise<Record<string, string>> {
  await world.prepare('shop');
  const call = ['--headless', '--task-name', 'shop', '--continue', ...more];
  const result = await world.run(call, { env: { ...world.env, ...keys } });
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  const lines = (await readFile(join(world.project, 'environment.txt'), 'utf8')).split('\n');
  return Object.fromEntries(
    lines.flatMap((line) => {
      const match = /^(\w+)=(.*)$/.exec(line);
      return match === null ? [] : [[match[1] ?? '', match[2] ?? '']];
    }),
  );
}
