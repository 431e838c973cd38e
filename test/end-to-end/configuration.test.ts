// What is wrong in the user's configuration and keeps nothing from working: every command says it in the same words.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { schemaAddress } from '../../source/core/configuration-keys.ts';
import { test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';

const pathOf = ({ env }: EndToEndWorld): string =>
  join(env['XDG_CONFIG_HOME'] ?? '', 'autonomous-tui', 'config.json');

const log = '{"type":"item.completed","item":{"id":"0","type":"agent_message","text":"Hello"}}\n';

describe.concurrent('an unknown key and a wrong $schema', () => {
  const configuration = {
    $schema: 'https://example.com/other.json',
    colour: 'red',
    restSeconds: 0,
  };

  test.for([
    '--list',
    '--list --json',
    '--log shop',
    '--log shop --json',
    '--headless --task-name shop --continue',
    '--headless --json --task-name shop --continue',
    '--continue-all',
  ])('%s names them on stderr, and does what it is asked', async (line, { makeWorld }) => {
    const args = line.split(' ');
    const world = await makeWorld({ configuration });
    await world.prepare('shop', { done: 2 });
    await writeFile(join(world.project, '.autonomous', 'shop', 'session.log'), log);
    const [warned, silent] = [
      await world.run(args),
      await world.run(args, { env: { ...world.env, XDG_CONFIG_HOME: world.home } }),
    ];
    expect(warned.stderr).toBe(
      `Unknown key "colour" in ${pathOf(world)}: ignored\n` +
        `"$schema" in ${pathOf(world)} should be ${schemaAddress}: ignored\n` +
        silent.stderr,
    );
    expect({ ...warned, stderr: '' }).toEqual({ ...silent, stderr: '' });
    expect(warned).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/\w/) as string });
  });

  test('the dashboard names them on its screen, and opens', async ({ makeWorld }) => {
    const world = await makeWorld({ configuration });
    await world.prepare('shop', { done: 1 });
    const dashboard = await world.dashboard();
    await dashboard.waitFor(/▸ ○ shop[^]*Unknown\s+key\s+"colour"\s+in\s/);
  });
});
