import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readModelProvider } from '../../../source/system/codex-configuration.ts';
import { codexLoginFound, versionFound } from '../../../source/system/doctor/codex-findings.ts';
import {
  diskFound,
  gitFound,
  locksFound,
  notificationsFound,
  stateFound,
} from '../../../source/system/doctor/machine-findings.ts';

let root: string;

beforeEach(() => {
  root = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'doctor-')));
});

afterEach(() => fs.rmSync(root, { recursive: true }));

function program(name: string, text: string): string {
  const path = join(root, name);
  fs.writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return path;
}

describe('Codex', () => {
  test.each([
    ['echo codex-cli 0.171.0', 'ok', '0.171.0 ('],
    ['echo codex-cli 0.98.0', 'note', 'Codex 0.98.0 lets a session change'],
    ['echo Missing optional dependency >&2; exit 1', 'stops', 'install Codex anew'],
  ])('that does `%s`', async (text, result, words) => {
    const found = await versionFound(program('codex', text));
    expect(found.result).toBe(result);
    expect(found.sentence).toContain(words);
  });

  test('is asked for its login, and its configuration for a provider', async () => {
    const codex = program('codex', 'echo Not logged in >&2; exit 1');
    const environment = { CODEX_HOME: root };
    expect((await codexLoginFound(codex, null, environment)).result).toBe('stops');
    const provider = '[model_providers.local]\nname = "local"\nenv_key = "LOCAL_KEY"\n';
    fs.writeFileSync(join(root, 'config.toml'), `model_provider = "local"\n${provider}`);
    const found = await codexLoginFound(codex, null, { ...environment, LOCAL_KEY: 'x' });
    expect(found.result).toBe('ok');
    expect((await codexLoginFound(codex, null, environment)).sentence).toContain('LOCAL_KEY');
  });
});

test('the provider of a profile stands above that of all', async () => {
  const providers = '[model_providers.local]\n[model_providers.far]\nrequires_openai_auth = true\n';
  const profiles = '[profiles.shared]\nmodel_provider = "far"\n';
  fs.writeFileSync(join(root, 'config.toml'), `${providers}${profiles}`);
  fs.writeFileSync(join(root, 'own.config.toml'), 'model_provider = "local"\n');
  const of = (profile: string | null) => readModelProvider({ CODEX_HOME: root }, profile);
  expect(await of(null)).toBeNull();
  expect(await of('shared')).toEqual({ name: 'far', envKey: null, needsLogin: true });
  expect(await of('own')).toEqual({ name: 'local', envKey: null, needsLogin: false });
});

describe('the machine', () => {
  test('keeps state where it can be written, and says where it cannot', async () => {
    const home = join(root, 'state', 'autonomous-tui');
    // Of a directory that may be lost, it says so.
    expect((await stateFound(home, join(root, 'shop'), {})).result).toBe('note');
    expect((await locksFound(home, {})).result).toBe('ok');
    fs.writeFileSync(join(root, 'file'), '');
    const none = join(root, 'file', 'autonomous-tui');
    await expect(stateFound(none, join(root, 'shop'), {})).rejects.toThrow('set XDG_STATE_HOME');
  });

  test('has disk space', async () => {
    const found = await diskFound(root, root, { CODEX_HOME: join(root, 'none') });
    expect(found).toMatchObject({
      result: 'ok',
      sentence: expect.stringMatching(/free$/) as string,
    });
  });

  test('has git and a repository, or says what is missing without them', async () => {
    const project = join(root, 'shop');
    fs.mkdirSync(project);
    const { PATH } = process.env;
    const missing = await gitFound(project, { PATH: root }, []);
    expect(missing).toMatchObject({ result: 'note' });
    expect(missing.sentence).toContain('git is not installed');
    expect((await gitFound(project, { PATH }, [])).sentence).toContain('git init');
    execFileSync('git', ['init', '-q', project]);
    expect(await gitFound(project, { PATH }, [])).toMatchObject({ result: 'ok' });
  });

  test('tells the user by a command that is there', async () => {
    const path = program('tell', 'exit 1');
    const here = { PATH: root };
    expect(await notificationsFound([], null, {})).toMatchObject({ result: 'ok' });
    expect((await notificationsFound([path, '--loud'], null, {})).sentence).toBe(`by ${path}`);
    expect((await notificationsFound(['tell'], null, here)).sentence).toBe(`by ${path}`);
    expect(await notificationsFound(['none'], null, here)).toMatchObject({ result: 'note' });
  });

  test('tells the user by an open dashboard, and says that no command is set', async () => {
    const { sentence } = await notificationsFound([], 'OSC 9', {});
    expect(sentence).toBe(
      'by an open dashboard (OSC 9), and no command is set: "notify" in config.json names one that tells you at any time',
    );
    const path = program('tell', 'exit 1');
    expect((await notificationsFound([path], 'the bell', {})).sentence).toBe(
      `by ${path}, and by an open dashboard (the bell)`,
    );
  });
});
