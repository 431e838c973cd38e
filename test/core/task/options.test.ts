import { describe, expect, test } from 'vitest';
import {
  argumentsOf,
  checksOf,
  configuredArguments,
  noTaskOptions,
  optionWords,
  profileOf,
  sameOptions,
  withConfigured,
  withGiven,
} from '../../../source/core/task/options.ts';
import { optionsRecord, readTaskOptions } from '../../../source/core/task/options-record.ts';

const some = {
  model: 'gpt-5.5',
  profile: 'nightly',
  codex: '/opt/codex',
  arguments: ['-c', 'x=1'],
  checks: ['npm test', 'npm run lint'],
  checkNetwork: true,
  maxSessions: 20,
  review: true,
  worktree: true,
  planFirst: true,
  pinned: true,
  fullAccessOnce: true,
  maxTokens: 5_000_000,
  maxTimeMs: 28_800_000,
  hours: { from: 22 * 60, to: 7 * 60 },
  after: 'docs-site',
};
const here = { device: 1, inode: 2, bornAt: 3 };

describe('the options of a task', () => {
  test('become arguments of codex exec, those after -- last', () => {
    expect(argumentsOf(noTaskOptions)).toEqual([]);
    expect(argumentsOf(some)).toEqual(['-m', 'gpt-5.5', '-p', 'nightly', '-c', 'x=1']);
  });

  test.each([
    [
      ['-m', 'o9'],
      ['-p', 'nightly', '-m', 'o9'],
    ],
    [['--model=o9'], ['-p', 'nightly', '--model=o9']],
    [
      ['--profile', 'day'],
      ['-m', 'gpt-5.5', '--profile', 'day'],
    ],
  ])('give way to what stands after --: %j', (extra, expected) => {
    expect(argumentsOf({ ...some, arguments: extra })).toEqual(expected);
  });

  test.each([
    [[], 'nightly'],
    [['-p', 'day'], 'day'],
    [['-pday'], 'day'],
    [['--profile=day'], 'day'],
    [['-c', 'profile=day'], 'nightly'],
  ])('name the profile that a session would use: %j', (extra, expected) => {
    expect(profileOf({ ...some, arguments: extra })).toBe(expected);
  });

  test('stay as they are unless a call gives one', () => {
    expect(withGiven(some, {})).toEqual(some);
    expect(withGiven(some, { model: null, arguments: [] })).toEqual({
      ...some,
      model: null,
      arguments: [],
    });
  });

  test('are words on the page of the task', () => {
    expect(optionWords(noTaskOptions)).toEqual([]);
    expect(optionWords(some)).toEqual([
      'model gpt-5.5',
      'profile nightly',
      'Codex /opt/codex',
      '-- -c x=1',
      'check npm test',
      'check npm run lint',
      'checks use the network',
      'reviewed before it is done',
      'worktree of its own',
      'plan first',
      'pinned to this machine',
      'asks for full access at its next start',
      'max. 20 sessions in a run',
      'budget 5.0M tokens',
      'budget 8h 00m of work',
      'hours 22:00-07:00',
      'after docs-site',
    ]);
    expect(optionWords({ ...noTaskOptions, checks: [] })).toEqual(['no checks']);
  });

  test('come before those of the configuration, which are passed on and not remembered', () => {
    const configured = { model: 'o9', profile: 'day' };
    expect(withConfigured(some, configured)).toEqual(some);
    expect(configuredArguments(some, configured)).toEqual([]);
    const ofNone = { ...noTaskOptions, arguments: ['-c', 'x=1'] };
    expect(configuredArguments(ofNone, configured)).toEqual(['-m', 'o9', '-p', 'day']);
    const named = { ...ofNone, arguments: ['--model=o1'] };
    expect(configuredArguments(named, configured)).toEqual(['-p', 'day']);
  });
});

describe('the checks of a task', () => {
  const configured = [
    { command: 'make', network: false },
    { command: 'make e2e', network: true },
  ];

  test('are its own, else those of the configuration', () => {
    expect(checksOf({ checks: ['a'], checkNetwork: false }, configured)).toEqual([
      { command: 'a', network: false },
    ]);
    expect(checksOf(noTaskOptions, configured)).toEqual(configured);
  });

  test('are none where the task says so', () => {
    expect(checksOf({ checks: [], checkNetwork: true }, configured)).toEqual([]);
  });

  test('may all use the network where the task says so', () => {
    const all = checksOf({ checks: null, checkNetwork: true }, configured);
    expect(all.map(({ network }) => network)).toEqual([true, true]);
  });
});

describe('their record', () => {
  const kept = JSON.parse(JSON.stringify(optionsRecord(some, here))) as Record<string, unknown>;

  test('gives them back', () => {
    expect(sameOptions(readTaskOptions(kept, here), some)).toBe(true);
  });

  test.each<[string, Parameters<typeof readTaskOptions>]>([
    ['of another directory', [kept, { ...here, inode: 3 }]],
    ['of none', [kept, null]],
    ['that is missing', [null, here]],
    ['of a version to come', [{ ...kept, version: 2 }, here]],
  ])('%s gives none', (_what, call) => {
    expect(readTaskOptions(...call)).toEqual(noTaskOptions);
  });

  test('of a version before checks has none of its own', () => {
    const { checks: _checks, checkNetwork: _network, ...before } = kept;
    expect(readTaskOptions(before, here)).toMatchObject({ checks: null, checkNetwork: false });
    expect(readTaskOptions({ ...kept, checks: [7] }, here).checks).toBeNull();
  });

  test('with anything but texts as arguments gives none of them', () => {
    expect(readTaskOptions({ ...kept, arguments: ['-c', 7] }, here).arguments).toEqual([]);
  });
});
