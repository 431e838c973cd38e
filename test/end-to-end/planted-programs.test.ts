// What an agent, or the sender of a repository, has planted for a later run does not run outside of the sandbox: programs
// in directories that a session may write, and a `.codex` below the root of a repository that the user trusts.

import * as fs from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { makeWorld, smallPlan, test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';
import { programPath } from '../helpers/program.ts';

let world: EndToEndWorld;
let sub: string;
let ran: string;

beforeAll(async () => {
  world = await makeWorld({ plan: smallPlan({ steps: 1 }) });
  sub = join(world.project, 'sub');
  ran = join(world.directory, 'ran');
  fs.mkdirSync(join(sub, '.codex'), { recursive: true });
  fs.writeFileSync(join(world.project, 'AGENTS.md'), 'Use tabs in the whole shop.');
  fs.writeFileSync(join(sub, 'AGENTS.md'), 'Use spaces in sub.');
  // An MCP server runs outside of the sandbox as soon as a session starts.
  fs.writeFileSync(
    join(sub, '.codex', 'config.toml'),
    `[mcp_servers.planted]\ncommand = ${JSON.stringify(program('planted-server'))}\n`,
  );
  const configuration = join(world.codexHome, 'config.toml');
  fs.appendFileSync(
    configuration,
    `\n[projects.${JSON.stringify(world.project)}]\ntrust_level = "trusted"\n` +
      `\n[profiles.night.sandbox_workspace_write]\nwritable_roots = [${JSON.stringify(join(world.directory, 'data'))}]\n`,
  );
});

afterAll(() => world.end());

/** A program that leaves a trace. */
function program(...parts: string[]): string {
  const path = join(world.directory, ...parts);
  fs.mkdirSync(dirname(path), { recursive: true });
  fs.writeFileSync(path, `#!/bin/sh\necho "$0" >> ${ran}\n`, { mode: 0o755 });
  return path;
}

const traces = (): string => (fs.existsSync(ran) ? fs.readFileSync(ran, 'utf8') : '');
const start = (name: string): string[] => ['--headless', '--task-name', name, 'Build a shop'];

describe('what was planted for a later run', () => {
  test('in a .codex below the root is refused with its path, and looking works', async () => {
    const call = { cwd: sub };
    const { exitCode, stderr } = await world.run(['--cd', sub, ...start('refused')], call);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${join(sub, '.codex')} is below the root of the repository`);
    expect(await world.run(['--list'], call)).toMatchObject({ exitCode: 0 });
    expect(world.requests).toEqual([]);
    expect(traces()).toBe('');
  });

  test('does not count when it is off, a codex in a profile’s writable root is not found, and the AGENTS.md files reach the model', async () => {
    const config = join(world.directory, 'off');
    fs.mkdirSync(join(config, 'autonomous-tui'), { recursive: true });
    fs.writeFileSync(
      join(config, 'autonomous-tui', 'config.json'),
      JSON.stringify({ restSeconds: 0, projectCodexConfig: 'off' }),
    );
    const planted = dirname(program('data', 'bin', 'codex'));
    const path = [planted, world.env['PATH']].join(delimiter);
    const env = { ...world.env, XDG_CONFIG_HOME: config, PATH: path };
    // The Initializer is enough.
    const call = ['--cd', sub, '--max-sessions', '1', ...start('off')];
    expect(await world.run(call, { env })).toMatchObject({ exitCode: 3, stderr: '' });
    const asked = world.requests.map(({ items }) => JSON.stringify(items));
    expect(asked.length).toBeGreaterThan(0);
    for (const request of asked) {
      expect(request).toContain('Use tabs in the whole shop.');
      expect(request).toContain('Use spaces in sub.');
    }
    expect(traces()).toBe('');
  });

  test('in this program itself, when it is installed in the project, starts nothing', async () => {
    const installed = join(world.project, 'node_modules', 'autonomous-tui', 'dist');
    fs.cpSync(dirname(programPath), installed, { recursive: true });
    const call = { program: join(installed, 'autonomous-tui.js') };
    const asked = world.requests.length;
    const { exitCode, stderr } = await world.run(start('installed'), call);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      `autonomous-tui is installed at ${installed}, inside ${world.project}`,
    );
    expect(stderr).toContain('npm install -g autonomous-tui');
    expect(world.requests).toHaveLength(asked);
    for (const looking of [['--list'], ['--log', 'off']]) {
      const looked = await world.run(['--cd', sub, ...looking], call);
      expect(looked).toMatchObject({ exitCode: 0, stderr: '' });
    }
  });

  test('as a link to this program in the project starts nothing either', async () => {
    const link = join(world.project, 'autonomous-tui');
    fs.symlinkSync(programPath, link);
    const { exitCode, stderr } = await world.run(start('linked'), { program: link });
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`installed at ${link}`) as string,
    });
  });
});
