// The skill on the real Codex: its name and description reach the model, and what the model then runs is refused inside of
// the sandbox, with what to allow, and works outside of it.

import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { skillDescription, skillText } from '../../source/core/skill/skill-text.ts';
import { command, message } from '../../source/demo/responses-api.ts';
import { codexPath } from '../helpers/codex.ts';
import { hasSandbox, test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';
import { until } from '../helpers/until.ts';
import { builtProgram } from '../trials/outside/program.ts';

/** The user's own Codex, with one message. Not a session of ours. */
async function ask({ project, env }: EndToEndWorld, sandbox: string): Promise<string> {
  const args = ['exec', '--json', '--skip-git-repo-check', '-s', sandbox, 'Work on it overnight'];
  const codex = spawn(codexPath, args, { cwd: project, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  codex.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await new Promise((resolve) => codex.once('close', resolve));
  return output;
}

const handOver = `"${process.execPath}" "${builtProgram}" --background --task-name shop "Sell apples"`;

describe.skipIf(!hasSandbox)('the skill', () => {
  test('reaches the model; the task starts outside of the sandbox alone, goes on without Codex, and is paused', async ({
    makeWorld,
  }) => {
    const world = await makeWorld();
    const installed = await world.run(['--install-skill']);
    expect(installed).toMatchObject({ exitCode: 0, stderr: '' });
    const path = join(world.codexHome, 'skills', 'autonomous-tui', 'SKILL.md');
    expect((await readFile(path, 'utf8')).startsWith(skillText)).toBe(true);

    world.setAnswer((request) => {
      if (request.prompt !== 'Work on it overnight') return world.worker(request);
      const isFirst = request.toolOutputs.length === 0;
      return { kind: 'items', items: [isFirst ? command(handOver) : message('Handed over.')] };
    });
    await ask(world, 'workspace-write');
    const [request] = world.requests;
    expect(JSON.stringify(request?.items)).toContain(JSON.stringify(skillDescription).slice(1, -1));
    expect(JSON.stringify(request?.items)).toContain('autonomous-tui/SKILL.md');
    const refused = world.requests.at(-1)?.toolOutputs[0]?.text;
    expect(refused).toMatch(
      /Codex's sandbox cannot write .*autonomous-tui and has no network: allow Codex to run this/,
    );
    expect(await world.listed('shop')).toBeUndefined();

    await ask(world, 'danger-full-access');
    const started = world.requests.filter(({ prompt }) => prompt === 'Work on it overnight').at(-1)
      ?.toolOutputs[0];
    expect(started?.text).toContain('ℹ shop runs in the background');
    // Codex is gone by now.
    const before = world.requests.length;
    await until('a session asks the model', () =>
      world.requests.slice(before).some(({ prompt }) => prompt.includes('Role: ')),
    );
    const pause = ['--task-name', 'shop', '--pause'];
    expect((await world.run(pause)).stdout).toMatch(/^✓ shop is being paused; --continue/);
    await world.untilListed('shop', 'paused');
    expect(await world.run(pause)).toMatchObject({
      exitCode: 1,
      stderr: 'shop is already paused\n',
    });
    expect((await world.run(['--uninstall-skill'])).stdout).toMatch(/SKILL\.md is removed\n$/);
  });
});
