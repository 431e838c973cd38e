// The published package: installing it runs no script, and the lock file names no machine.

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

type Package = {
  scripts?: Record<string, string>;
  dependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
};

type Lock = {
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

const [packageJson, lock] = (await Promise.all(
  ['../package.json', '../package-lock.json'].map(
    async (path) => JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8')) as unknown,
  ),
)) as [Package, Lock];

const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

test('installing runs no script of ours', () => {
  const run = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish', 'preprepare'];
  for (const name of run) expect(packageJson.scripts).not.toHaveProperty(name);
});

test('no package that is installed with the program runs an install script', () => {
  const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  expect(scripted.filter(([, { dev }]) => dev !== true)).toEqual([]);
});

test('every development package that runs an install script is listed', () => {
  const scripted = locked
    .filter(([, { hasInstallScript, optional }]) => hasInstallScript === true && optional !== true)
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
  expect(scripted.toSorted()).toEqual(Object.keys(packageJson.allowScripts).toSorted());
});

test('the lock file names no host, and pins every package by its content', () => {
  expect(JSON.stringify(lock)).not.toMatch(/https?:\/\/[^"]*\.tgz/);
  for (const [path, { resolved, integrity }] of locked) {
    expect(resolved, path).toBeUndefined();
    expect(integrity, path).toMatch(/^sha512-/);
  }
});
