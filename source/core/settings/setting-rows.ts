// The settings of a task, a row each: its words, its value as text, and how text becomes a value, as its option reads it.
// What another setting needs is one more row, here or in the file of its subject.

import { clearingWord } from '../limits/limit-values.ts';
import { checkRows } from './check-rows.ts';
import { limitRows } from './limit-rows.ts';
import type { SettingId, SettingRow } from './setting.ts';
import { startRows } from './start-rows.ts';

const sessionRows: readonly SettingRow[] = [
  {
    id: 'model',
    label: 'Model',
    read: ({ model }) => model ?? '',
    whenEmpty: ({ model }) => (model === null ? "Codex's own choice" : `${model} (configuration)`),
    parse: (text) => ({ model: named(text) }),
  },
  {
    id: 'profile',
    label: 'Profile',
    read: ({ profile }) => profile ?? '',
    whenEmpty: ({ profile }) => (profile === null ? 'none' : `${profile} (configuration)`),
    parse: (text) => ({ profile: named(text) }),
  },
];

export const settingRows: readonly SettingRow[] = [
  ...sessionRows,
  ...limitRows,
  ...checkRows,
  ...startRows,
];

export function settingRow(id: SettingId): SettingRow {
  const row = settingRows.find((one) => one.id === id);
  if (row === undefined) throw new Error(`There is no setting ${id}`);
  return row;
}

/** One sentence for a text that is no value; null if it is one. */
export function wrongSetting(
  { label, parse, expects = '' }: SettingRow,
  text: string,
): string | null {
  if (parse(text) !== null) return null;
  return `${label} takes ${expects}, not ${JSON.stringify(text)}`;
}

function named(text: string): string | null {
  const name = text.trim();
  return name === '' || name === clearingWord ? null : name;
}
