import * as fs from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { schemaAddress } from '../../source/core/configuration-keys.ts';
import { defaultRunSettings } from '../../source/core/run/settings.ts';
import {
  configurationPath,
  configurationWarnings,
} from '../../source/system/configuration-file.ts';
import {
  defaultConfiguration,
  readConfiguration,
  type Configuration,
} from '../../source/system/configuration.ts';
import type { Environment } from '../../source/system/state/state-files.ts';

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
const environment = (): Environment => ({ XDG_CONFIG_HOME: root });

function read(): Configuration {
  const found = readConfiguration(environment(), project);
  if ('problem' in found) throw new Error(found.problem);
  return found.configuration;
}

function problem(): string {
  const found = readConfiguration(environment(), project);
  return 'problem' in found ? found.problem : 'none';
}

test('without any file all is as documented', () => {
  expect(read()).toEqual(defaultConfiguration);
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
  test('says what it says, times in seconds, and the rest stays as it was', () => {
    ofUser({ theme: 'light', glyphs: 'ascii', codex: '/opt/codex', restSeconds: 0.5 });
    expect(read()).toMatchObject({
      theme: 'light',
      glyphs: 'ascii',
      codex: '/opt/codex',
      settings: { ...defaultRunSettings, restMs: 500 },
    });
  });

  test('takes a zero as a zero', () => {
    ofUser({
      restSeconds: 0,
      interruptGraceSeconds: 0,
      terminateGraceSeconds: 0,
      lingerSeconds: 0,
    });
    expect(read().settings).toMatchObject({
      restMs: 0,
      interruptGraceMs: 0,
      terminateGraceMs: 0,
      lingerMs: 0,
    });
  });

  test('may be a link: it is the user’s own', () => {
    write(join(root, 'dotfiles.json'), { theme: 'light' });
    fs.symlinkSync(join(root, 'dotfiles.json'), join(root, 'autonomous-tui', 'config.json'));
    expect(read().theme).toBe('light');
  });

  test.each<[string, unknown, RegExp]>([
    ['no JSON', '{"theme":', /config\.json is not valid JSON: fix it or remove it$/],
    ['a theme that is none', { theme: 'pink' }, /theme is not valid: it takes "/],
    [
      'a worktree in other words',
      { worktree: 'often' },
      /worktree is not valid: it takes "never", "always" or "ask"$/,
    ],
    ['a time in words', { restSeconds: 'long' }, /restSeconds is not valid/],
    ['a negative time', { restSeconds: -1 }, /restSeconds is not valid/],
    ['a time of a year', { lingerSeconds: 31_536_000 }, /lingerSeconds is not valid/],
    ['a list', [], /config\.json is not a JSON object/],
    ['nothing', 'null', /config\.json is not a JSON object/],
  ])('with %s is a problem that names file and reason', (_what, content, sentence) => {
    ofUser(content);
    expect(problem()).toMatch(sentence);
    expect(problem()).toContain(join(root, 'autonomous-tui', 'config.json'));
  });
});

describe('what is ignored in the user’s file is said, and the rest counts', () => {
  const path = (): string => join(root, 'autonomous-tui', 'config.json');

  test('an unknown key, by its name', () => {
    ofUser({ colour: 'red', theme: 'light', restSeconds: 1 });
    const { warnings, theme, settings } = read();
    expect(warnings).toEqual([`Unknown key "colour" in ${path()}: ignored`]);
    expect({ theme, restMs: settings.restMs }).toEqual({ theme: 'light', restMs: 1000 });
  });

  test('many unknown keys, in one sentence that stays short', () => {
    ofUser(Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`key-${index}`, 1])));
    const named = '"key-0", "key-1", "key-2", "key-3", "key-4" and 4 more';
    expect(read().warnings).toEqual([`Unknown keys ${named} in ${path()}: ignored`]);
  });

  test('a key that would be obeyed elsewhere', () => {
    ofUser('{"__proto__": {"theme": "light"}, "\\u001b[2J": 1, "constructor": 1}');
    const { warnings, theme } = read();
    expect(theme).toBeNull();
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^Unknown keys "__proto__", ".*", "constructor" in /);
    expect(warnings[0]).not.toContain('\u001b');
  });

  test('settings for a project that does not exist, or whose path is relative', () => {
    const [gone, link] = [join(root, 'gone'), join(root, 'link')];
    fs.symlinkSync(project, link);
    const projects = {
      [project]: {},
      [link]: {},
      [gone]: {},
      '~/shop': {},
      [`${gone}/a\u001b`]: {},
    };
    ofUser({ theme: 'light', projects });
    const { warnings, theme } = read();
    const see = `see "projects" in ${path()}`;
    expect(warnings).toEqual([
      `The configuration names the project ${gone}, which does not exist: ${see}`,
      `The configuration names the project ~/shop, which is not an absolute path: ${see}`,
      `The configuration names the project ${gone}/a, which does not exist: ${see}`,
    ]);
    expect(theme).toBe('light');
    expect(configurationWarnings(environment())).toEqual(warnings);
  });

  test('at most five projects that do not exist', () => {
    const names = Array.from({ length: 9 }, (_, index) => join(root, `gone-${index}`));
    ofUser({ projects: Object.fromEntries(names.map((name) => [name, {}])) });
    expect(read().warnings).toHaveLength(5);
  });

  test('an address of the schema that is none', () => {
    for (const address of [5, null, 'https://json.schemastore.org/package.json', '']) {
      ofUser({ $schema: address, theme: 'light' });
      const { warnings, theme } = read();
      expect(warnings).toEqual([`"$schema" in ${path()} should be ${schemaAddress}: ignored`]);
      expect(theme).toBe('light');
    }
  });

  test('but not the schema’s address, nor that of a copy', () => {
    for (const address of [
      schemaAddress,
      'https://unpkg.com/autonomous-tui@0.1.0/config.schema.json',
      'https://raw.githubusercontent.com/autonomous-tui/autonomous-tui/main/config.schema.json',
      'file:///usr/lib/node_modules/autonomous-tui/config.schema.json',
      './config.schema.json',
    ]) {
      ofUser({ $schema: address });
      expect(read(), address).toEqual(defaultConfiguration);
    }
  });

  test('to commands that read nothing but the names as well, and what keeps the file from being read', () => {
    ofUser({ colour: 'red', $schema: 5, restSeconds: 'long' });
    expect(configurationWarnings(environment())).toEqual([
      `Unknown key "colour" in ${path()}: ignored`,
      `"$schema" in ${path()} should be ${schemaAddress}: ignored`,
    ]);
    ofUser('{');
    expect(configurationWarnings(environment())).toEqual([problem()]);
    fs.rmSync(path());
    expect(configurationWarnings(environment())).toEqual([]);
  });
});

describe('the project’s file', () => {
  test('names appearance, below what the person says', () => {
    ofProject({ theme: 'light', glyphs: 'ascii' });
    expect(read()).toMatchObject({ theme: 'light', glyphs: 'ascii' });
    ofUser({ theme: 'dark' });
    expect(read()).toMatchObject({ theme: 'dark', glyphs: 'ascii' });
  });

  test('names nothing else: the agent can write it', () => {
    const settings = { ...defaultRunSettings };
    ofProject({
      theme: 'light',
      codex: './evil',
      restSeconds: 0,
      sandbox: 'danger-full-access',
      settings: { maxSessions: 1 },
      __proto__: { codex: './evil' },
    });
    expect(read()).toMatchObject({ theme: 'light', codex: null, settings });
  });

  test.each([
    ['cut', '{'],
    ['a list', '[]'],
    ['of another program', '{"theme":"pink"}'],
    ['too long', 'x'.repeat(70_000)],
  ])('that is %s is no reason to keep the person from working', (_what, content) => {
    ofProject(content);
    expect(read()).toEqual(defaultConfiguration);
  });

  test('that is a link leads nowhere', () => {
    write(join(root, 'elsewhere.json'), { theme: 'light' });
    fs.symlinkSync(join(root, 'elsewhere.json'), join(project, '.autonomous-tui.json'));
    expect(read()).toEqual(defaultConfiguration);
  });
});

describe('what the runner checks between sessions', () => {
  test('is nothing but the list, unless the user says more', () => {
    expect(read().checking).toEqual(defaultConfiguration.checking);
    ofUser({
      check: ['npm test', { command: ' make ', network: true }],
      checkSeconds: 60,
      guard: 'tell',
      checkpointDays: 7,
    });
    expect(read().checking).toEqual({
      checks: [
        { command: 'npm test', network: false },
        { command: 'make', network: true },
      ],
      checkMs: 60_000,
      guard: 'tell',
      checkpoints: 'on',
      checkpointsKeptMs: 7 * 24 * 60 * 60 * 1000,
    });
  });

  test('worktrees are asked for, and may have a directory; both may differ between projects', () => {
    expect(read()).toMatchObject({ worktree: 'ask', settings: { worktreesDirectory: null } });
    const here = { worktree: 'never', worktreesDirectory: '/srv/trees' };
    ofUser({ worktree: 'always', worktreesDirectory: '/elsewhere', projects: { [project]: here } });
    expect(read()).toMatchObject({
      worktree: 'never',
      settings: { worktreesDirectory: '/srv/trees' },
    });
    ofUser({ worktreesDirectory: 'trees' });
    expect(readConfiguration(environment(), project)).toMatchObject({
      problem: expect.stringContaining('worktreesDirectory is not valid') as string,
    });
    for (const [prepare, network] of [
      ['npm ci', false],
      [{ command: 'npm ci', network: true }, true],
    ]) {
      ofUser({ prepare });
      expect(read().settings.prepare).toEqual({ command: 'npm ci', network });
    }
    ofProject({ worktree: 'always', prepare: 'rm -rf /' });
    ofUser({});
    expect(read().settings.prepare).toBeNull();
    expect(read().worktree).toBe('ask');
  });

  test('never comes from the project', () => {
    ofProject({ check: ['rm -rf /'], guard: 'off', projects: {} });
    expect(read().checking).toEqual(defaultConfiguration.checking);
  });

  test('differs between projects, which are named by their real path or by a link to it', () => {
    const link = join(root, 'link');
    fs.symlinkSync(project, link);
    for (const name of [project, link]) {
      const here = { check: ['make'], guard: 'off', model: 'o9', projectCodexConfig: 'off' };
      ofUser({ guard: 'tell', profile: 'day', projects: { '/elsewhere': {}, [name]: here } });
      expect(read()).toMatchObject({
        checking: { checks: [{ command: 'make', network: false }], guard: 'off' },
        model: 'o9',
        profile: 'day',
        settings: { projectCodexConfig: 'off' },
      });
    }
    ofUser({ guard: 'tell', projects: { project: { guard: 'off' } } });
    expect(read().checking.guard).toBe('tell');
  });

  test.each([
    { check: 'npm test' },
    { check: [''] },
    { check: [{ command: 'make', net: true }] },
    { checkSeconds: 0 },
    { guard: 'on' },
    { projects: { '/a': { restSeconds: 1 } } },
  ])('is refused where it is not valid: %j', (content) => {
    ofUser(content);
    expect(() => read()).toThrow(/is not valid/u);
  });
});
