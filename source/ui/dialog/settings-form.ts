// The settings of a task while the user changes them: a text for each row of the table, empty where the default counts.

import type { SettingFacts, SettingId, SettingRow } from '../../core/settings/setting.ts';
import { settingRows, wrongSetting } from '../../core/settings/setting-rows.ts';
import type { TaskView } from '../../core/task/board.ts';
import { keyOf, type TaskKey } from '../../core/task/task-key.ts';
import type { GivenOptions, TaskOptions } from '../../core/task/options.ts';
import { cleanLine } from '../../core/text/clean.ts';
import { editedField, fieldWith, type FieldEdit, type TextField } from './text-field.ts';

export type SettingsForm = {
  readonly kind: 'settings';
  readonly task: TaskKey;
  /** The task's name, safe to print. */
  readonly label: string;
  /** As they were when the dialog was opened. */
  readonly options: TaskOptions;
  readonly facts: SettingFacts;
  /** By row; a row that is missing is as it was. */
  readonly fields: Readonly<Partial<Record<SettingId, TextField>>>;
  readonly at: SettingId;
  readonly isUnfolded: boolean;
  /** One sentence that says why the settings were not kept. */
  readonly problem: string | null;
};

export function settingsForm(
  task: TaskView,
  { options, facts }: Pick<SettingsForm, 'options' | 'facts'>,
): SettingsForm {
  return {
    kind: 'settings',
    task: keyOf(task),
    label: task.label,
    options,
    facts,
    fields: {},
    at: 'model',
    isUnfolded: false,
    problem: null,
  };
}

export function fieldOf({ fields, options }: SettingsForm, { id, read }: SettingRow): TextField {
  return fields[id] ?? fieldWith(cleanLine(read(options)));
}

export const settingLimits = { maxLength: 1000, lines: 'one' } as const;

export function editedSettings(form: SettingsForm, edit: FieldEdit): SettingsForm {
  const row = settingRows.find(({ id }) => id === form.at);
  if (row === undefined || !isChangeable(form, row)) return form;
  const field = editedField(fieldOf(form, row), edit, settingLimits);
  return { ...form, fields: { ...form.fields, [row.id]: field }, problem: null };
}

/** False: what it says is settled, and only shown. */
export function isChangeable(
  { facts }: Pick<SettingsForm, 'facts'>,
  { whyFixed }: SettingRow,
): boolean {
  return (whyFixed?.(facts) ?? null) === null;
}

export function shownSettings({ isUnfolded }: Pick<SettingsForm, 'isUnfolded'>) {
  return settingRows.filter(({ isFolded }) => isUnfolded || isFolded !== true);
}

/** The next row that can be changed. Going on from the last one that is shown unfolds the rest. */
export function movedSettings(form: SettingsForm, by: 1 | -1): SettingsForm {
  const rows = shownSettings(form).filter((row) => isChangeable(form, row));
  const index = rows.findIndex(({ id }) => id === form.at) + by;
  if (!form.isUnfolded && index >= rows.length) {
    return movedSettings({ ...form, isUnfolded: true }, by);
  }
  const row = rows[(index + rows.length) % rows.length];
  return row === undefined ? form : { ...form, at: row.id };
}

/** What the user changed, or the row that is wrong and why. */
export function changedSettings(
  form: Pick<SettingsForm, 'fields' | 'options'>,
): { given: GivenOptions } | { problem: string; at: SettingId } {
  let given: GivenOptions = {};
  for (const row of settingRows) {
    const { text } = form.fields[row.id] ?? {};
    if (text === undefined || text.trim() === cleanLine(row.read(form.options))) continue;
    const problem = wrongSetting(row, text);
    if (problem !== null) return { problem, at: row.id };
    given = { ...given, ...row.parse(text) };
  }
  return { given };
}
