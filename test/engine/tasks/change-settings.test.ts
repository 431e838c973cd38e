import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noTaskOptions } from '../../../source/core/task/options.ts';
import { changeSettings } from '../../../source/engine/tasks/change-settings.ts';
import { stateDirectory } from '../../../source/system/state/state-directory.ts';
import { taskDirectory } from '../../../source/system/state/task-directory.ts';
import { directoryIdentity } from '../../../source/system/state/task-snapshot.ts';
import { openTakeOver } from '../../helpers/open-take-over.ts';
import { task as viewOf } from '../../ui/sample.ts';

let root: string;
let project: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'settings-')));
  project = join(root, 'project');
  for (const name of ['shop', 'docs']) {
    mkdirSync(join(project, '.autonomous', name), { recursive: true });
  }
});
afterEach(() => rmSync(root, { recursive: true }));

function world(
  run: string | null = null,
  worktreeFixed: string | null = null,
  planFixed: string | null = null,
) {
  const state = (name: string) => stateDirectory(join(root, 'state'), project, name);
  const task = taskDirectory(project, 'shop');
  return {
    state: state('shop'),
    written: async () => state('shop').readOptions(await task.identity()),
    change: (given: Parameters<typeof changeSettings>[1]) =>
      changeSettings(
        {
          task,
          state: state('shop'),
          view: () => Promise.resolve(viewOf('shop', { run })),
          whyNoProfile: (profile) =>
            Promise.resolve(profile === 'day' ? null : `There is no profile ${profile}`),
          whyWorktreeFixed: () => Promise.resolve(worktreeFixed),
          whyPlanFixed: () => Promise.resolve(planFixed),
          others: { state, directory: (name) => directoryIdentity(project, name) },
        },
        given,
      ),
  };
}

test('what is given is kept for the task, and what is absent stays', async () => {
  const { change, written } = world();
  expect(await change({ model: 'o9', after: 'docs' })).toEqual({
    ok: true,
    sentence: 'Saved: counts for shop when it is continued',
  });
  await change({ profile: 'day', after: null });
  expect(await written()).toEqual({ ...noTaskOptions, model: 'o9', profile: 'day' });
});

test('full access is said to be asked for, beside what counts from another time', async () => {
  const { change } = world();
  const said = async (given: Parameters<typeof change>[0]) => (await change(given)).sentence;
  const asks = 'asks for full access when you start it next';
  expect(await said({ fullAccessOnce: true })).toBe(`Saved: shop ${asks}`);
  expect(await said({ fullAccessOnce: true, model: 'o9' })).toBe(
    `Saved: counts for shop when it is continued; it ${asks}`,
  );
  expect(await said({ fullAccessOnce: false })).toBe('Saved: counts for shop when it is continued');
});

test('a worktree is chosen while that can be, and nothing is changed where it cannot', async () => {
  const free = world();
  expect(await free.change({ worktree: true })).toMatchObject({ ok: true });
  expect(await free.written()).toEqual({ ...noTaskOptions, worktree: true });
  const fixed = world(null, 'it has worked already');
  expect(await fixed.change({ worktree: false, model: 'o9' })).toEqual({
    ok: false,
    sentence: 'The worktree of shop cannot be changed: it has worked already',
  });
  expect(await fixed.change({ profile: 'day' })).toMatchObject({ ok: true });
  expect(await fixed.written()).toEqual({ ...noTaskOptions, worktree: true, profile: 'day' });
});

test('plan first is chosen before the first run, and nothing is changed after it', async () => {
  const free = world();
  expect(await free.change({ planFirst: true })).toMatchObject({ ok: true });
  expect(await free.written()).toEqual({ ...noTaskOptions, planFirst: true });
  const fixed = world(null, null, 'chosen before its first run');
  expect(await fixed.change({ planFirst: null, model: 'o9' })).toEqual({
    ok: false,
    sentence: 'Plan first cannot be changed for shop: chosen before its first run',
  });
  expect(await fixed.written()).toEqual({ ...noTaskOptions, planFirst: true });
});

test('a profile or task that does not exist is refused, and nothing is changed', async () => {
  const { change, written } = world();
  await change({ model: 'o9' });
  const wrong = await change({ model: 'o10', profile: 'nightly' });
  expect(wrong).toEqual({ ok: false, sentence: 'There is no profile nightly' });
  expect((await change({ after: 'shop' })).sentence).toContain('cannot come after itself');
  expect((await change({ after: 'gone' })).ok).toBe(false);
  expect(await written()).toEqual({ ...noTaskOptions, model: 'o9' });
});

test('while the task is taken over nothing is changed, and the sentence says so', async () => {
  const { state, change, written } = world();
  await state.make();
  const lock = await state.takeLock();
  await state.writeTakeOver(openTakeOver, directoryIdentity(project, 'shop')!);
  expect(await change({ model: 'o9' })).toEqual({
    ok: false,
    sentence: 'You have taken over shop in another terminal (pid 123)',
  });
  await state.writeTakeOver(
    { ...openTakeOver, ended: { at: 2, totals: null, files: [] } },
    directoryIdentity(project, 'shop')!,
  );
  expect((await change({ model: 'o9' })).sentence).toContain('just starting');
  lock?.release();
  expect(await written()).toEqual(noTaskOptions);
});

test('a run under way takes them, but not a runner that has not begun its run', async () => {
  const { state, change, written } = world();
  await state.make();
  const lock = await state.takeLock();
  expect(await change({ model: 'o9' })).toMatchObject({ ok: false });
  expect(await written()).toEqual(noTaskOptions);
  expect(await world('r1').change({ model: 'o9' })).toEqual({
    ok: true,
    sentence: 'Saved: counts for shop from its next session',
  });
  lock?.release();
  expect(await written()).toMatchObject({ model: 'o9' });
});
