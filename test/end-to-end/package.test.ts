// The package that `npm pack` would publish.

import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageVersion } from '../helpers/program.ts';
import { makeWorld, type EndToEndWorld } from '../helpers/end-to-end-world.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let directory: string;
let tarball: string;
let files: string[];

beforeAll(async () => {
  directory = fs.mkdtempSync(join(tmpdir(), 'package-'));
  // It is built already; another build would remove the program under the tests that run at the same time.
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', directory];
  const { stdout } = await promisify(execFile)('npm', pack, { cwd: root });
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  files = packed?.files.map(({ path }) => path) ?? [];
  tarball = join(directory, packed?.filename ?? '');
  execFileSync('tar', ['xzf', tarball, '-C', directory]);
});

afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

test('the package has only the program and the files that users read', () => {
  const others = files.filter((path) => !/^dist\/[\w-]+\.c?js$/.test(path));
  expect(others.toSorted()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'config.schema.json',
    'dist/THIRD-PARTY-NOTICES',
    'package.json',
  ]);
  expect(files).toEqual(
    expect.arrayContaining(['dist/autonomous-tui.js', 'dist/main.js', 'dist/runner.js']),
  );
});

test('no file in it shows where it was built', () => {
  for (const path of files) {
    expect(fs.readFileSync(join(directory, 'package', path), 'utf8'), path).not.toContain(root);
  }
});

test('every package that is bundled has its licence in THIRD-PARTY-NOTICES, and no other has', () => {
  const bundled = new Map(
    bundledPackages().map((found) => [`${found.name} ${found.version}`, found]),
  );
  expect(bundled.size).toBeGreaterThan(50);
  const notices = new Map(
    fs
      .readFileSync(join(directory, 'package', 'dist', 'THIRD-PARTY-NOTICES'), 'utf8')
      .split(`\n${'='.repeat(80)}\n`)
      .slice(1)
      .map((notice) => [notice.split('\n', 1)[0] ?? '', notice]),
  );
  // Not a package: only its rules are here.
  const rules = 'gitleaks (rules for keys) 8';
  expect([...notices.keys()].toSorted()).toEqual([...bundled.keys(), rules].toSorted());
  for (const [package_, { license, texts }] of bundled) {
    const notice = notices.get(package_);
    expect(permissive, package_).toContain(license);
    expect(notice, package_).toContain(`Licence: ${license}\n`);
    for (const text of texts) expect(notice).toContain(text);
    expect(notice, package_).toMatch(/permission|licensed under|public domain/iu);
  }
});

test('it asks for no package that is not Node’s own', () => {
  const asked = files
    .filter((path) => /\.c?js$/.test(path))
    .flatMap((path) => importsIn(join(directory, 'package', path)))
    .filter((name) => !name.startsWith('.') && !isBuiltin(name));
  expect(asked).toEqual([]);
});

test('it runs without anything installed beside it', async () => {
  const program = join(directory, 'package', 'dist', 'autonomous-tui.js');
  const project = join(directory, 'project');
  fs.mkdirSync(project);
  const env = { PATH: process.env['PATH'] ?? '', HOME: directory };
  const call = (...args: string[]) =>
    promisify(execFile)(process.execPath, [program, ...args], { cwd: project, env });
  const version = await call('--version');
  expect(version.stderr).toBe('');
  expect(version.stdout).toMatch(new RegExp(`^${packageVersion}\nNode .+\nCodex .+\n$`));
  expect((await call('--list')).stdout).toContain('No tasks yet in .autonomous/');
  const failed = await call('--headless', '--task-name', 'none', '--continue').catch(
    (error: unknown) => error,
  );
  expect(failed).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Task not found: none') as string,
  });
});

describe('installed into an empty directory', () => {
  let world: EndToEndWorld;
  let modules: string;
  let program: string;

  beforeAll(async () => {
    world = await makeWorld({ configuration: null });
    const prefix = join(world.directory, 'installed');
    fs.mkdirSync(prefix);
    // Offline, with a cache that is empty: whatever had to be fetched would make it fail.
    const install = ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
    const cache = ['--cache', join(world.directory, 'npm-cache')];
    await promisify(execFile)('npm', [...install, ...cache, tarball], {
      cwd: prefix,
      env: { PATH: process.env['PATH'] ?? '', HOME: world.home },
    });
    modules = join(prefix, 'node_modules');
    program = join(modules, '.bin', 'autonomous-tui');
  });

  afterAll(() => world.end());

  const withoutCodex = (): Record<string, string> => ({ ...world.env, PATH: world.home });

  test('it is the only package there', () => {
    const names = fs.readdirSync(modules).filter((name) => !name.startsWith('.'));
    expect(names).toEqual(['autonomous-tui']);
  });

  test('it starts, and lists', async () => {
    for (const [option, answer] of [
      ['--version', packageVersion],
      ['--help', 'Usage:'],
      ['--list', 'No tasks yet in .autonomous/'],
    ] as const) {
      const result = await world.run([option], { program });
      expect(result, option).toMatchObject({ exitCode: 0, stderr: '' });
      expect(result.stdout).toContain(answer);
    }
  });

  test('without Codex it says its version all the same, and what is missing', async () => {
    const result = await world.run(['--version'], { program, env: withoutCodex() });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    const missing = 'Codex not found: install it with npm install -g @openai/codex';
    expect(result.stdout.split('\n').slice(2)).toEqual([missing, '']);
    expect(result.stdout).toMatch(new RegExp(`^${packageVersion}\n`));
  });

  test('without Codex the demo says in one sentence what to install', async () => {
    const result = await world.run(['--demo'], { program, env: withoutCodex() });
    expect(result).toMatchObject({ exitCode: 1, stdout: '' });
    expect(result.stderr).toBe(
      'Codex not found: install it with npm install -g @openai/codex. The demo needs Codex too, but no account\n',
    );
  });

  test('with Codex installed beside it, it runs the demo', async () => {
    fs.mkdirSync(join(modules, '@openai'));
    fs.symlinkSync(
      join(root, 'node_modules', '@openai', 'codex'),
      join(modules, '@openai', 'codex'),
    );
    // The launcher of Codex asks the PATH for its Node.
    fs.symlinkSync(process.execPath, join(world.home, 'node'));
    const env = { ...world.env, PATH: [world.home, '/usr/bin', '/bin'].join(delimiter) };
    const demo = world.start(['--demo'], { program, env });
    // A plan with steps says that Codex has worked and was watched. The rest is demo.test.ts's.
    await demo.waitFor(/ 0\/[1-9]\d* {2}running\n/, { timeoutMs: 80_000 });
    demo.kill('SIGTERM');
    expect(await demo.ended).toMatchObject({ exitCode: 143, stderr: '' });
    await world.untilNobodyLives();
  });
});

test('compiled code is kept in the home, where no sandbox lets an agent write', async () => {
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

/** Licences that allow to bundle the code under them with nothing but their text. */
const permissive = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'Unlicense',
];

type Bundled = { name: string; version: string; license: string; texts: string[] };

/** esbuild writes above each file's code where that came from: `// node_modules/ink/build/ink.js`. */
function bundledPackages(): Bundled[] {
  const directories = new Set<string>();
  for (const path of files.filter((path) => /\.c?js$/.test(path))) {
    const text = fs.readFileSync(join(directory, 'package', path), 'utf8');
    const found = text.matchAll(/^\s*\/\/ (.*node_modules\/(?:@[^/\n]+\/)?[^/\n]+)\/.*$/gmu);
    for (const [, package_ = ''] of found) directories.add(join(root, package_));
  }
  return [...directories].map((path) => {
    const json = fs.readFileSync(join(path, 'package.json'), 'utf8');
    const texts = fs
      .readdirSync(path)
      .filter((name) => /^(?:licen[cs]e|notice)/iu.test(name))
      .map((name) => fs.readFileSync(join(path, name), 'utf8').replaceAll('\r\n', '\n').trim());
    return { ...(JSON.parse(json) as Omit<Bundled, 'texts'>), texts };
  });
}

function importsIn(path: string): string[] {
  const { importedFiles } = ts.preProcessFile(fs.readFileSync(path, 'utf8'), true, true);
  return importedFiles.map(({ fileName }) => fileName);
}
