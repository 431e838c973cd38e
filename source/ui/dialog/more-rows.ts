// The settings of a new task that are used less: folded into one row of its form, and one row each when it is opened. They
// are the rows of a task's settings, without those that the form has anyway.

import { settingRows } from '../../core/settings/setting-rows.ts';
import type { SettingId, SettingRow } from '../../core/settings/setting.ts';
import { noTaskOptions, type GivenOptions } from '../../core/task/options.ts';
import { changedSettings, settingLimits } from './settings-form.ts';
import { editedField, emptyField, type FieldEdit, type TextField } from './text-field.ts';

type RowId = Exclude<SettingId, 'worktree' | 'after' | 'sandbox' | 'plan'>;

/** `more`: the row that unfolds the others. */
export type MoreField = 'more' | RowId;

export type MoreRows = {
  readonly isUnfolded: boolean;
  readonly fields: Readonly<Partial<Record<RowId, TextField>>>;
};

export const foldedRows: MoreRows = { isUnfolded: false, fields: {} };

export const moreSettings = settingRows.filter(
  (row): row is SettingRow & { id: RowId } =>
    row.id !== 'worktree' && row.id !== 'after' && row.id !== 'sandbox' && row.id !== 'plan',
);

export const moreFields: readonly RowId[] = moreSettings.map(({ id }) => id);

export function rowField({ fields }: MoreRows, id: RowId): TextField {
  return fields[id] ?? emptyField;
}

export function editedRow(rows: MoreRows, id: RowId, edit: FieldEdit): MoreRows {
  const field = editedField(rowField(rows, id), edit, settingLimits);
  return { ...rows, fields: { ...rows.fields, [id]: field } };
}

/** What the user typed, or the row that is wrong and why. */
export function givenIn({
  fields,
}: MoreRows): { given: GivenOptions } | { field: RowId; sentence: string } {
  const changed = changedSettings({ fields, options: noTaskOptions });
  if ('given' in changed) return changed;
  const field = moreFields.find((id) => id === changed.at);
  // Only rows that are here have a text.
  if (field === undefined) throw new Error(`The form has no row ${changed.at}`);
  return { field, sentence: changed.problem };
}

/** How many say something of their own. */
export function countSet({ fields }: MoreRows): number {
  return Object.values(fields).filter(({ text }) => text.trim() !== '').length;
}
