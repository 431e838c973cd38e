import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  findCodex,
  type CodexPath,
  type CodexSearch,
} from '../../../source/system/process/codex-path.ts';

let root: string;
let project: string;

beforeEach(() => {
  root = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'codex-path-')));
  project = join(root, 'project');
  fs.mkdirSync(project);
});

afterEach(() => fs.rmSync(root, { recursive: true }));

function program(path: string, mode = 0o755): string {
  const whole = join(root, path);
  fs.mkdirSync(join(whole, '..'), { recursive: true });
  fs.writeFileSync(whole, '#!/bin/sh\n', { mode });
  return whole;
}

type Search = Partial<Omit<CodexSearch, 'environment'>> & { path?: string; byEnvironment?: string };

const find = ({ path = '', byEnvironment, ...search }: Search): Promise<CodexPath> => {
  const environment = { PATH: path, AUTONOMOUS_CODEX: byEnvironment };
  return findCodex({ named: null, writable: [project], ...search, environment });
};

describe('in the PATH', () => {
  test('the first executable is taken, by its absolute path', async () => {
    program('a/codex', 0o644);
    fs.mkdirSync(join(root, 'b', 'codex'), { recursive: true });
    const found = program('c/codex');
    program('d/codex');
    const path = ['a', 'b', 'c', 'd'].map((name) => join(root, name)).join(delimiter);
    expect(await find({ path })).toEqual({ path: found });
  });

  test('relative directories do not count', async () => {
    program('project/codex');
    const before = process.cwd();
    process.chdir(project);
    try {
      const path = ['', '.', 'bin'].join(delimiter);
      // Only the one installed with this program is left.
      expect(await find({ path })).toMatchObject({
        path: expect.stringMatching(/codex\.js$/) as string,
      });
    } finally {
      process.chdir(before);
    }
  });

  test.each([
    ['in it', () => program('project/bin/codex'), 'project/bin'],
    [
      'in a directory whose name begins with two dots',
      () => program('project/..bin/codex'),
      'project/..bin',
    ],
    [
      'in it through a link',
      () => {
        program('project/tools/codex');
        fs.mkdirSync(join(root, 'bin'));
        fs.symlinkSync(join(project, 'tools', 'codex'), join(root, 'bin', 'codex'));
      },
      'bin',
    ],
  ])('one inside the project is skipped: %s', async (_where, make, path) => {
    make();
    const elsewhere = program('elsewhere/codex');
    const both = [join(root, path), join(root, 'elsewhere')].join(delimiter);
    expect(await find({ path: both })).toEqual({ path: elsewhere });
  });

  test('one beside the project, in a directory with the same prefix, is fine', async () => {
    const found = program('project-tools/codex');
    expect(await find({ path: join(root, 'project-tools') })).toEqual({ path: found });
  });
});

describe('AUTONOMOUS_CODEX', () => {
  test('overrides the PATH', async () => {
    program('bin/codex');
    const named = program('mine/my-codex');
    expect(await find({ path: join(root, 'bin'), byEnvironment: named })).toEqual({ path: named });
  });

  test('that is empty counts as unset', async () => {
    const found = program('bin/codex');
    expect(await find({ path: join(root, 'bin'), byEnvironment: '' })).toEqual({ path: found });
  });

  test('that names one inside the project is refused, and the sentence names the variable', async () => {
    const byEnvironment = program('project/codex');
    expect(await find({ byEnvironment })).toEqual({
      problem: expect.stringMatching(
        /^The codex from AUTONOMOUS_CODEX is inside the project .*--codex/,
      ) as string,
    });
  });

  test('that names no executable is an error, and no other Codex is taken', async () => {
    program('bin/codex');
    const byEnvironment = join(root, 'nowhere');
    expect(await find({ path: join(root, 'bin'), byEnvironment })).toEqual({
      problem: expect.stringMatching(
        /^AUTONOMOUS_CODEX: .*npm install -g @openai\/codex/,
      ) as string,
    });
  });
});

describe('--codex', () => {
  test('is used as it is, even inside the project', async () => {
    const named = program('project/codex');
    expect(await find({ named, byEnvironment: program('mine/codex') })).toEqual({ path: named });
  });

  test('may be a relative path', async () => {
    const before = process.cwd();
    const named = program('bin/codex');
    process.chdir(root);
    try {
      expect(await find({ named: 'bin/codex' })).toEqual({ path: named });
    } finally {
      process.chdir(before);
    }
  });

  test.each(['nowhere/codex', '.'])('that is not an executable says so: %s', async (named) => {
    expect(await find({ named })).toEqual({
      problem: expect.stringMatching(/^--codex: .* is not an executable/) as string,
    });
  });
});

test('without any other, the Codex installed with this program is taken', async () => {
  expect(await find({})).toEqual({
    path: expect.stringMatching(/@openai\/codex\/bin\/codex\.js$/) as string,
  });
});
