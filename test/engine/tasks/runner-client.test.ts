import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultRunSettings } from '../../../source/core/run/settings.ts';
import { writeControlRequest } from '../../../source/engine/coordination/control-requests.ts';
import {
  createRunnerClient,
  type RunnerClient,
  type StartRun,
} from '../../../source/engine/tasks/runner-client.ts';
import {
  noTaskOptions,
  type ConfiguredOptions,
  type GivenOptions,
} from '../../../source/core/task/options.ts';
import type { RunRequest } from '../../../source/engine/run/runner-deps.ts';
import type { CodexSurroundings } from '../../../source/system/codex-surroundings.ts';
import type { RunnerReply } from '../../../source/system/process/runner-process.ts';
import { stateDirectory } from '../../../source/system/state/state-directory.ts';
import { recordWith } from '../../helpers/run-records.ts';

const settings = { ...defaultRunSettings, maxSessions: 3 };
const given = { model: 'gpt-5.5', arguments: ['-c', 'x=1'] };
const identity = { device: 1, inode: 2, bornAt: 3 };
const shop = { task: 'shop', sandbox: 'workspace-write' } as const;

let home: string;
let runnerClient: RunnerClient;
let launched: RunRequest[];
let reply: RunnerReply;
let ids: number;
let hasRepository = true;
let codex: { path: string; surroundings?: CodexSurroundings } | { problem: string };
const state = (task: string) => stateDirectory(home, '/project', task);

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'runner-client-'));
  launched = [];
  ids = 0;
  reply = { kind: 'started', run: '2f0c' };
  codex = { path: '/usr/bin/codex' };
  runnerClient = clientGiving(given);
});

function clientGiving(
  options: GivenOptions,
  configured?: ConfiguredOptions,
  worktree?: 'never' | 'always' | 'ask',
): RunnerClient {
  return createRunnerClient(
    {
      project: '/project',
      state,
      coordination: (task) => ({
        request: (request) => writeControlRequest(state(task), request),
      }),
      directory: () => identity,
      findCodex: (named) => Promise.resolve(named === null ? codex : { path: `/found${named}` }),
      whyNoProfile: (profile) =>
        Promise.resolve(profile === 'nightly' ? 'There is no profile nightly' : null),
      canHaveWorktree: () => Promise.resolve(hasRepository),
      launch: (request) => {
        launched.push(request);
        return Promise.resolve(reply);
      },
      newUuid: () => `id-${++ids}`,
    },
    { settings, given: options, ...(configured && { configured }), ...(worktree && { worktree }) },
  );
}

afterEach(() => rmSync(home, { recursive: true }));

describe('what a task was started with', () => {
  const remembered = { ...noTaskOptions, model: 'o9', profile: 'work', codex: '/bin/codex' };

  beforeEach(async () => {
    await state('shop').make();
    await state('shop').writeOptions(remembered, identity);
  });

  test('is what each continuation starts with', async () => {
    await clientGiving({}).start(shop);
    expect(launched[0]).toMatchObject({
      codex: '/found/bin/codex',
      options: { ...remembered, codex: '/found/bin/codex' },
    });
  });

  test('is changed by giving an option again, and cleared by none', async () => {
    await clientGiving({ model: 'o10', profile: null, arguments: ['-c', 'y=2'] }).start(shop);
    expect(launched[0]?.options).toMatchObject({
      model: 'o10',
      profile: null,
      arguments: ['-c', 'y=2'],
    });
  });

  test('is what the form says, before what is given with the call', async () => {
    await clientGiving(given).start({ ...shop, given: { model: 'o1', maxSessions: 2 } });
    expect(launched[0]?.options).toMatchObject({ model: 'o1', arguments: ['-c', 'x=1'] });
    expect(launched[0]?.options.maxSessions).toBe(2);
  });

  test('is kept by a run that is recovered, whatever whoever recovers it was given', async () => {
    await clientGiving({ model: 'o10', arguments: ['-c', 'y=2'] }).start({
      ...shop,
      recovers: true,
    });
    expect(launched[0]?.options).toMatchObject({ model: 'o9', profile: 'work', arguments: [] });
  });

  test('is forgotten if the task was deleted since', async () => {
    await state('shop').writeOptions(remembered, { ...identity, inode: 9 });
    await clientGiving({}).start(shop);
    expect(launched[0]?.options).toEqual(noTaskOptions);
  });

  test.each<GivenOptions>([{ profile: 'nightly' }, { arguments: ['-p', 'nightly'] }])(
    'is refused if it names a profile that does not exist: %j',
    async (options) => {
      expect(await clientGiving(options).start(shop)).toEqual({
        ok: false,
        why: 'problem',
        sentence: 'There is no profile nightly',
      });
      expect(launched).toEqual([]);
    },
  );
});

test('plan first, as the settings of a task say it, counts for its first run and for no later one', async () => {
  await state('shop').make();
  const plansOnly = async (request: Partial<StartRun> = {}) => {
    await clientGiving({}).start({ ...shop, ...request });
    return launched.at(-1)?.settings.limits.planOnly;
  };
  await state('shop').writeOptions({ ...noTaskOptions, planFirst: true }, identity);
  expect(await plansOnly()).toBe(true);
  expect(await plansOnly({ planOnly: false })).toBe(false);
  expect(await plansOnly({ recovers: true })).toBe(false);
  await state('shop').writeRecord(recordWith({ directory: { ...identity, inode: 9 } }));
  expect(await plansOnly()).toBe(true);
  await state('shop').writeRecord(recordWith({ directory: identity }));
  expect(await plansOnly()).toBe(false);
});

describe('a task whose settings ask for full access', () => {
  const granted = { ...noTaskOptions, fullAccessOnce: true };

  beforeEach(async () => {
    await state('shop').make();
    await state('shop').writeOptions(granted, identity);
  });

  test('is not started by a key before the user has answered, and has none where nobody can', async () => {
    expect(await clientGiving({}).start({ ...shop, isByKey: true })).toEqual({
      ...{ ok: false, why: 'asks', sentence: 'shop asks for full access before it starts' },
    });
    expect(launched).toEqual([]);
    for (const request of [shop, { ...shop, recovers: true }, { ...shop, resumeLast: true }]) {
      await clientGiving({}).start(request);
      const { sandbox, options } = launched.at(-1)!;
      expect([sandbox, options.fullAccessOnce]).toEqual(['workspace-write', true]);
    }
  });

  test('asks no more once a run was started with it', async () => {
    const byKey = { ...shop, isByKey: true };
    await clientGiving({}).start({ ...byKey, sandbox: 'danger-full-access' });
    const { sandbox, options } = launched.at(-1)!;
    expect([sandbox, options.fullAccessOnce]).toEqual(['danger-full-access', false]);
    await state('shop').writeOptions(options, identity);
    expect(await clientGiving({}).start(byKey)).toMatchObject({ ok: true });
    expect(launched.at(-1)!.sandbox).toBe('workspace-write');
  });
});

describe('what the configuration says for tasks without an option of their own', () => {
  const surroundings = { writable: [], arguments: ['-c', 'z=3'], instructions: '' };

  test('is passed to Codex, and not remembered for the task', async () => {
    codex = { path: '/usr/bin/codex', surroundings };
    await clientGiving({ profile: 'work' }, { model: 'o9', profile: 'day' }).start(shop);
    expect(launched[0]).toMatchObject({
      options: { ...noTaskOptions, profile: 'work' },
      configured: { model: 'o9', profile: 'day', checks: [] },
      surroundings,
    });
  });

  test('is refused if it names a profile that does not exist', async () => {
    const answer = await clientGiving({}, { model: null, profile: 'nightly' }).start(shop);
    expect(answer).toMatchObject({ ok: false, sentence: 'There is no profile nightly' });
  });
});

describe('a run', () => {
  test('gets its request from flags and configuration, and nothing from the project', async () => {
    expect(await runnerClient.start({ task: 'docs', sandbox: 'workspace-write' })).toMatchObject({
      ok: true,
    });
    expect(launched).toEqual([
      expect.objectContaining({
        project: '/project',
        task: 'docs',
        description: null,
        codex: '/usr/bin/codex',
        options: { ...noTaskOptions, ...given },
        sandbox: 'workspace-write',
        settings,
        resumeLast: false,
        recovers: false,
      }),
    ]);
  });

  test('of a new task carries its description', async () => {
    const description = 'Write the docs';
    await runnerClient.start({
      task: 'docs',
      sandbox: 'danger-full-access',
      description,
      resumeLast: true,
    });
    expect(launched[0]).toMatchObject({
      description,
      sandbox: 'danger-full-access',
      resumeLast: true,
    });
  });

  test('that another runner has is refused, with its pid', async () => {
    reply = { kind: 'busy', pid: 4242 };
    expect(await runnerClient.start({ task: 'docs', sandbox: 'workspace-write' })).toEqual({
      ok: false,
      why: 'busy',
      sentence: 'docs is already running (pid 4242)',
    });
    reply = { kind: 'busy', pid: null };
    expect(await runnerClient.start({ task: 'docs', sandbox: 'workspace-write' })).toMatchObject({
      sentence: 'docs is already running (in another runner)',
    });
  });

  test('that cannot start says why', async () => {
    reply = { kind: 'problem', sentence: 'no space left on device' };
    expect(await runnerClient.start({ task: 'docs', sandbox: 'workspace-write' })).toEqual({
      ok: false,
      why: 'problem',
      sentence: 'no space left on device',
    });
  });

  test('without Codex starts nothing and says how to install it', async () => {
    codex = { problem: 'Codex was not found' };
    expect(await runnerClient.start({ task: 'docs', sandbox: 'workspace-write' })).toMatchObject({
      ok: false,
      sentence: 'Codex was not found',
    });
    expect(launched).toEqual([]);
  });
});

describe('a control request', () => {
  const task = { name: 'docs', run: '2f0c' };

  test('is written for its run, each with a higher number and an id of its own', async () => {
    await state('docs').make();
    expect(await runnerClient.send(task, 'pause after session')).toMatchObject({ ok: true });
    expect(await state('docs').readControlRequest()).toEqual({
      run: '2f0c',
      want: 'pause after session',
      seq: 0,
      id: 'id-1',
    });
    await runnerClient.send(task, 'go on');
    expect(await state('docs').readControlRequest()).toEqual({
      run: '2f0c',
      want: 'go on',
      seq: 1,
      id: 'id-2',
    });
  });

  test('for the next run is numbered from zero', async () => {
    await state('docs').make();
    await state('docs').writeControlRequest({ run: 'old', want: 'pause now', seq: 8, id: null });
    await runnerClient.send(task, 'try now');
    expect(await state('docs').readControlRequest()).toMatchObject({ run: '2f0c', seq: 0 });
  });

  test('for a task that is not running is refused', async () => {
    expect(await runnerClient.send({ name: 'docs', run: null }, 'pause now')).toEqual({
      ok: false,
      why: 'problem',
      sentence: 'docs is not running',
    });
  });

  test('that cannot be written says why', async () => {
    const answer = await runnerClient.send(task, 'pause now');
    expect(answer).toMatchObject({ ok: false, why: 'problem' });
    expect(JSON.stringify(answer)).toContain('The request could not be written: ENOENT');
  });
});

describe('a new task gets a worktree', () => {
  const started = async (
    setting: 'never' | 'always' | 'ask',
    { flag = false, ...more }: Partial<StartRun> & { flag?: boolean } = {},
  ): Promise<boolean | undefined> => {
    const client = clientGiving(flag ? { worktree: true } : {}, undefined, setting);
    await client.start({ ...shop, description: 'Sell', ...more });
    return launched.at(-1)?.options.worktree;
  };

  afterEach(() => {
    hasRepository = true;
  });

  test('by the form first, then by the flag, then by the setting', async () => {
    expect(await started('always')).toBe(true);
    expect(launched[0]?.settings.stage).toContain('commit');
    expect(await started('ask')).toBe(false);
    expect(await started('never', { flag: true })).toBe(true);
    expect(await started('always', { flag: true, worktree: false })).toBe(false);
    expect(await started('never', { worktree: true })).toBe(true);
    await clientGiving({ worktree: false }, undefined, 'always').start({
      ...{ ...shop, description: 'Sell' },
    });
    expect(launched.at(-1)?.options.worktree).toBe(false);
  });

  test('not by the setting where there is no repository, and never when it is continued', async () => {
    hasRepository = false;
    expect(await started('always')).toBe(false);
    expect(await started('always', { flag: true })).toBe(true);
    hasRepository = true;
    await clientGiving({ worktree: true }, undefined, 'always').start(shop);
    expect(launched.at(-1)?.options.worktree).toBe(false);
  });
});
