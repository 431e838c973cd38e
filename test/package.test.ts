// What others install: one package, of which nothing runs at installing. The lock file names no machine.

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { packagesInSource } from './helpers/packages-in-source.ts';

type Package = {
  version: string;
  scripts?: Record<string, string>;
  engines: { node: string };
  os: string[];
  homepage: string;
  repository: { url: string };
  bugs: { url: string };
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  devDependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional?: boolean }>;
  allowScripts: Record<string, boolean>;
};

type Lock = {
  version: string;
  packages: Record<
    string,
    {
      resolved?: string;
      integrity?: string;
      hasInstallScript?: boolean;
      dev?: boolean;
      optional?: boolean;
    }
  >;
};

const textOf = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8');

const packageJson = JSON.parse(await textOf('../package.json')) as Package;
const lock = JSON.parse(await textOf('../package-lock.json')) as Lock;

const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

test('installing runs no script of ours', () => {
  const run = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish', 'preprepare'];
  for (const name of run) expect(packageJson.scripts).not.toHaveProperty(name);
});

test('nothing else is installed with the program: its packages are in the bundle', () => {
  expect(packageJson.dependencies ?? {}).toEqual({});
  expect(packageJson.optionalDependencies ?? {}).toEqual({});
  expect(locked.filter(([, { dev }]) => dev !== true)).toEqual([]);
  expect(Object.keys(packageJson.devDependencies)).toEqual(
    expect.arrayContaining(packagesInSource()),
  );
});

test('Codex is looked for beside it, and not installed unasked', () => {
  expect(Object.keys(packageJson.peerDependencies)).toEqual(['@openai/codex']);
  expect(packageJson.peerDependenciesMeta['@openai/codex']?.optional).toBe(true);
});

test('repository, bugs and homepage are one place', () => {
  const { repository, bugs, homepage } = packageJson;
  const address = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
  expect(bugs.url).toBe(`${address}/issues`);
  expect(homepage).toBe(`${address}#readme`);
});

test('lock file and changelog are of the same version', async () => {
  expect(lock.version).toBe(packageJson.version);
  const changelog = await textOf('../CHANGELOG.md');
  expect(/^## (.*)$/m.exec(changelog)?.[1]).toBe(packageJson.version);
});

test('the workflow tests by the README’s commands, on all that package.json promises', async () => {
  const workflow = await textOf('../.github/workflows/ci.yml');
  const listOf = (name: string): string[] =>
    new RegExp(`^ *${name}: \\[(.*)\\]$`, 'm').exec(workflow)?.[1]?.split(', ') ?? [];
  const systems: Record<string, string> = { 'ubuntu-latest': 'linux', 'macos-latest': 'darwin' };
  expect(listOf('os').map((name) => systems[name])).toEqual(packageJson.os);
  expect(`>=${listOf('node')[0]}`).toBe(packageJson.engines.node.replace(/\..*/, ''));
  const commands = [...workflow.matchAll(/^ +- run: (.*)$/gm)].map(([, command]) => command);
  expect(commands.join(' && ')).toBe('npm install && npm test');
  expect(await textOf('../README.md')).toContain(`${commands.join(' && ')} `);
});

test('every development package that runs an install script is listed', () => {
  const scripted = locked
    .filter(([, { hasInstallScript, optional }]) => hasInstallScript === true && optional !== true)
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
  expect(scripted.toSorted()).toEqual(Object.keys(packageJson.allowScripts).toSorted());
});

test('the lock file names no host, and every package by its content', () => {
  expect(JSON.stringify(lock)).not.toMatch(/https?:\/\/[^"]*\.tgz|"resolved":"http/);
  for (const [path, { resolved, integrity }] of locked) {
    expect(resolved, path).toBeUndefined();
    expect(integrity, path).toMatch(/^sha512-/);
  }
});
