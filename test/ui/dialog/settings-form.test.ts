import { expect, test } from 'vitest';
import { noTaskOptions } from '../../../source/core/task/options.ts';
import {
  changedSettings,
  editedSettings,
  movedSettings,
  settingsForm,
  shownSettings,
  type SettingsForm,
} from '../../../source/ui/dialog/settings-form.ts';
import { settingsLines } from '../../../source/ui/rows/dialog/settings-rows.ts';
import { settingFacts, task } from '../sample.ts';

const options = { ...noTaskOptions, model: 'gpt-5.5' };
const opened = settingsForm(task('shop'), { options, facts: settingFacts });

const typed = (form: SettingsForm, text: string): SettingsForm =>
  editedSettings(editedSettings(form, { type: 'cut-to-start' }), { type: 'insert', text });

const drawn = (form: SettingsForm, height: number): string[] =>
  settingsLines(form, { width: 58, height }).map((row) =>
    row
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );

test('what was not touched is not given', () => {
  expect(changedSettings(opened)).toEqual({ given: {} });
  expect(changedSettings(typed(opened, 'gpt-5.5'))).toEqual({ given: {} });
  expect(changedSettings(typed(opened, 'o9'))).toEqual({ given: { model: 'o9' } });
  expect(changedSettings(editedSettings(opened, { type: 'cut-to-start' }))).toEqual({
    given: { model: null },
  });
});

test('a wrong value is named with its row, and what was typed in others stays', () => {
  const at = { ...typed(opened, 'o9'), at: 'hours' } as const;
  expect(changedSettings(typed(at, 'noon'))).toMatchObject({
    at: 'hours',
    problem: 'Hours takes two times of day such as 22:00-07:00, not "noon"',
  });
  expect(typed(at, 'noon').fields.model?.text).toBe('o9');
});

test('going on from the last row unfolds the rest; rows that are only shown are skipped', () => {
  let form: SettingsForm = opened;
  const seen = [form.at];
  for (let moves = 0; moves < 12; moves++) {
    form = movedSettings(form, 1);
    seen.push(form.at);
  }
  expect(shownSettings(opened).map(({ id }) => id)).toEqual(seen.slice(0, 7));
  expect(seen.slice(7)).toEqual([
    ...['checks', 'check-network', 'review', 'pinned', 'sandbox', 'model'],
  ]);
  expect(movedSettings(opened, -1).at).toBe('after');
});

test('a worktree can be chosen before the first session; later its row says why not', () => {
  const at = (worktreeFixed: string | null) => ({
    ...settingsForm(task('shop'), { options, facts: { ...settingFacts, worktreeFixed } }),
    at: 'worktree' as const,
    isUnfolded: true,
  });
  expect(changedSettings(typed(at(null), 'yes'))).toEqual({ given: { worktree: true } });
  expect(movedSettings({ ...at(null), at: 'review' }, 1).at).toBe('worktree');
  expect(changedSettings(typed(at('it has run'), 'yes'))).toEqual({ given: {} });
  expect(movedSettings({ ...at('it has run'), at: 'review' }, 1).at).toBe('pinned');
  expect(drawn(at('it has run'), 20)).toContain('Worktree       none: it has run');
});

test('plan first is switched on and off before the first run; later its row says why not', () => {
  const at = (planFixed: string | null, planFirst: boolean | null = null) => ({
    ...settingsForm(task('shop'), {
      options: { ...options, planFirst },
      facts: { ...settingFacts, planFixed },
    }),
    at: 'plan' as const,
    isUnfolded: true,
  });
  expect(changedSettings(typed(at(null), 'yes'))).toEqual({ given: { planFirst: true } });
  expect(movedSettings({ ...at(null), at: 'sandbox' }, 1).at).toBe('plan');
  expect(changedSettings(typed(at('it has run'), 'yes'))).toEqual({ given: {} });
  expect(movedSettings({ ...at('it has run'), at: 'sandbox' }, 1).at).toBe('model');
  expect(drawn(at('it has run'), 20)).toContain('Plan first     as it was started: it has run');
  expect(drawn(at('it has run', true), 20)).toContain('Plan first     yes: it has run');
});

test('are drawn with their defaults, and scroll in a small terminal', () => {
  expect(drawn(opened, 20)).toEqual([
    'Model          gpt-5.5',
    'Profile        none',
    'Sessions       no limit in a run',
    'Tokens         no budget for the task',
    'Time           no budget for a run',
    'Hours          at any time',
    'After          no other task',
    '… more: checks, check network, review, worktree, pinned,',
    'sandbox, plan first',
    '',
    'Counts from the next session; budgets and hours at once.',
  ]);
  const sandbox = drawn({ ...opened, isUnfolded: true, at: 'sandbox' }, 20);
  expect(sandbox.slice(-3)).toEqual([
    'Sandbox takes full access (asked for at the next start) or',
    'none.',
    'Counts from the next session; budgets and hours at once.',
  ]);
  const last = {
    ...opened,
    isUnfolded: true,
    at: 'check-network',
    problem: 'No such thing',
  } as const;
  expect(drawn(last, 3)).toEqual([
    'Checks         none',
    'Check network  as each is configured',
    '✗ No such thing',
  ]);
});
