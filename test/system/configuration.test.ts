import * as fs from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultRunSettings } from '../../source/core/run/settings.ts';
import {
  configurationPath,
  defaultConfiguration,
  readConfiguration,
  type Configuration,
  type ConfigurationFound,
} from '../../source/system/configuration.ts';

let root: string;
let project: string;

beforeEach(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'configuration-'));
  project = join(root, 'project');
  fs.mkdirSync(project);
  fs.mkdirSync(join(root, 'autonomous-tui'));
});

afterEach(() => fs.rmSync(root, { recursive: true }));

const write = (path: string, content: unknown): void =>
  fs.writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
const ofUser = (content: unknown): void =>
  write(join(root, 'autonomous-tui', 'config.json'), content);
const ofProject = (content: unknown): void => write(join(project, '.autonomous-tui.json'), content);
const find = (): Promise<ConfigurationFound> =>
  readConfiguration({ XDG_CONFIG_HOME: root }, project);

async function read(): Promise<Configuration> {
  const found = await find();
  if ('problem' in found) throw new Error(found.problem);
  return found.configuration;
}

async function problem(): Promise<string> {
  const found = await find();
  return 'problem' in found ? found.problem : 'none';
}

test('without a file the documented defaults hold', async () => {
  expect(await read()).toEqual(defaultConfiguration);
});

test('the user’s file is where XDG says; a relative XDG path is ignored', () => {
  expect(configurationPath({ XDG_CONFIG_HOME: '/etc/mine' })).toBe(
    '/etc/mine/autonomous-tui/config.json',
  );
  const usual = join(homedir(), '.config', 'autonomous-tui', 'config.json');
  expect(configurationPath({})).toBe(usual);
  expect(configurationPath({ XDG_CONFIG_HOME: 'here' })).toBe(usual);
});

describe('the user’s file', () => {
  test('sets what it says, times in seconds, and the rest keeps its default', async () => {
    ofUser({ theme: 'light', glyphs: 'ascii', codex: '/opt/codex', restSeconds: 0.5 });
    expect(await read()).toMatchObject({
      theme: 'light',
      glyphs: 'ascii',
      codex: '/opt/codex',
      settings: { ...defaultRunSettings, restMs: 500 },
    });
  });

  test('accepts zero as a value', async () => {
    ofUser({
      restSeconds: 0,
      interruptGraceSeconds: 0,
      terminateGraceSeconds: 0,
      lingerSeconds: 0,
    });
    expect((await read()).settings).toMatchObject({
      restMs: 0,
      interruptGraceMs: 0,
      terminateGraceMs: 0,
      lingerMs: 0,
    });
  });

  test('may be a link, since it is the user’s own', async () => {
    write(join(root, 'dotfiles.json'), { theme: 'light' });
    fs.symlinkSync(join(root, 'dotfiles.json'), join(root, 'autonomous-tui', 'config.json'));
    expect((await read()).theme).toBe('light');
  });

  test.each<[string, unknown, RegExp]>([
    ['invalid JSON', '{"theme":', /config\.json is not valid JSON: fix or remove it$/],
    ['an unknown setting', { colour: 'red' }, /unknown setting: colour$/],
    ['an unknown theme', { theme: 'pink' }, /theme is not valid/],
    ['a time in words', { restSeconds: 'long' }, /restSeconds is not valid/],
    ['a negative time', { restSeconds: -1 }, /restSeconds is not valid/],
    ['a time of a year', { lingerSeconds: 31_536_000 }, /lingerSeconds is not valid/],
    ['a list', [], /config\.json: the content is not valid/],
    ['null', 'null', /config\.json: the content is not valid/],
  ])('with %s is a problem that names file and reason', async (_what, content, sentence) => {
    ofUser(content);
    expect(await problem()).toMatch(sentence);
    expect(await problem()).toContain(join(root, 'autonomous-tui', 'config.json'));
  });

  test('with escape sequences in a name is reported without them', async () => {
    ofUser({ '\u001b[2J': 1 });
    expect(await problem()).not.toContain('\u001b');
  });
});

describe('the project’s file', () => {
  test('sets the appearance, and the user’s file overrides it', async () => {
    ofProject({ theme: 'light', glyphs: 'ascii' });
    expect(await read()).toMatchObject({ theme: 'light', glyphs: 'ascii' });
    ofUser({ theme: 'dark' });
    expect(await read()).toMatchObject({ theme: 'dark', glyphs: 'ascii' });
  });

  test('sets nothing else, because the agent can write it', async () => {
    const settings = { ...defaultRunSettings };
    ofProject({
      theme: 'light',
      codex: './evil',
      restSeconds: 0,
      sandbox: 'danger-full-access',
      settings: { maxSessions: 1 },
      __proto__: { codex: './evil' },
    });
    expect(await read()).toMatchObject({ theme: 'light', codex: null, settings });
  });

  test.each([
    ['cut', '{'],
    ['a list', '[]'],
    ['of another program', '{"theme":"pink"}'],
    ['too long', 'x'.repeat(70_000)],
  ])('that is %s does not keep the user from working', async (_what, content) => {
    ofProject(content);
    expect(await read()).toEqual(defaultConfiguration);
  });

  test('that is a link is not followed', async () => {
    write(join(root, 'elsewhere.json'), { theme: 'light' });
    fs.symlinkSync(join(root, 'elsewhere.json'), join(project, '.autonomous-tui.json'));
    expect(await read()).toEqual(defaultConfiguration);
  });
});
