// The package that `npm pack` would publish.

import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageVersion } from '../helpers/program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let directory: string;
let files: string[];

beforeAll(async () => {
  directory = fs.mkdtempSync(join(tmpdir(), 'package-'));
  // It is built already; another build would remove the program under the tests that run at the same time.
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', directory];
  const { stdout } = await promisify(execFile)('npm', pack, { cwd: root });
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  files = packed?.files.map(({ path }) => path) ?? [];
  execFileSync('tar', ['xzf', join(directory, packed?.filename ?? ''), '-C', directory]);
});

afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

test('the package has only the program and the files that users read', () => {
  const others = files.filter((path) => !/^dist\/[\w-]+\.c?js$/.test(path));
  expect(others.toSorted()).toEqual(['LICENSE', 'README.md', 'package.json']);
  expect(files).toEqual(
    expect.arrayContaining(['dist/autonomous-tui.js', 'dist/cli.js', 'dist/runner.js']),
  );
});

test('no file in it shows where it was built', () => {
  for (const path of files) {
    expect(fs.readFileSync(join(directory, 'package', path), 'utf8'), path).not.toContain(root);
  }
});

test('it runs with nothing else installed', async () => {
  const program = join(directory, 'package', 'dist', 'autonomous-tui.js');
  const project = join(directory, 'project');
  fs.mkdirSync(project);
  const env = { PATH: process.env['PATH'] ?? '', HOME: directory };
  const call = (...args: string[]) =>
    promisify(execFile)(process.execPath, [program, ...args], { cwd: project, env });
  expect(await call('--version')).toEqual({ stdout: `${packageVersion}\n`, stderr: '' });
  expect((await call('--list')).stdout).toContain('No tasks yet in .autonomous/');
  const failed = await call('--headless', '--task-name', 'none', '--continue').catch(
    (error: unknown) => error,
  );
  expect(failed).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('no task none') as string,
  });
});

test('compiled code is cached in the home, where no sandbox lets an agent write', async () => {
  const temporary = join(directory, 'temporary');
  const home = join(directory, 'home');
  for (const path of [temporary, home]) fs.mkdirSync(path);
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, TMPDIR: temporary };
  const program = join(root, 'dist', 'autonomous-tui.js');
  // Quick invocations do not use the cache; this one needs the whole program, and finds no task.
  const args = [program, '--headless', '--task-name', 'none', '--continue'];
  await promisify(execFile)(process.execPath, args, { cwd: directory, env }).catch(() => {});
  expect(fs.readdirSync(temporary)).toEqual([]);
  const kept = join(home, '.cache', 'autonomous-tui', 'compiled');
  expect(fs.readdirSync(kept)).not.toEqual([]);
  expect(fs.statSync(kept).mode & 0o777).toBe(0o700);
});

test('a runner whose starter dies before it sends the request ends silently', async () => {
  const runner = spawn(process.execPath, [join(root, 'dist', 'runner.js')], {
    cwd: directory,
    env: { PATH: process.env['PATH'] ?? '', HOME: directory },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  for (const stream of [runner.stdout, runner.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
  }
  const ended = once(runner, 'exit');
  runner.disconnect();
  expect(await ended).toEqual([0, null]);
  expect(said).toBe('');
});
