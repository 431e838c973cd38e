// The settings of a task, as lines of a dialog:
//
//   ╭ Settings of refactor-auth ──────────────────────────────╮
//   │ Model          gpt-5.5                                  │
//   │ Profile        none                                     │
//   │ …                                                       │
//   │ … more: checks, worktree, sandbox                       │
//   │                                                         │
//   │ Tokens takes an amount such as 500k or 5M.              │
//   │ Counts from the next session; budgets and hours at once │

import {
  isChangeable,
  shownSettings,
  fieldOf,
  type SettingsForm,
} from '../../dialog/settings-form.ts';
import { settingRow, settingRows } from '../../../core/settings/setting-rows.ts';
import type { SettingRow } from '../../../core/settings/setting.ts';
import { cleanLine } from '../../../core/text/clean.ts';
import { glyphs } from '../../look/glyphs.ts';
import { clustersOf } from '../../look/text-width.ts';
import { wrapText } from '../../look/text-wrap.ts';
import { dim, plain, run, rowOf, type Row } from '../row.ts';
import { fieldRows } from './field-rows.ts';

/** `Check network` and its gap. */
export const settingNameWidth = 15;

export function settingsLines(
  form: SettingsForm,
  { width, height }: { width: number; height: number },
): Row[] {
  const said = saidLines(form, width);
  const rows = shownSettings(form);
  const more = form.isUnfolded ? [] : moreLines(width);
  const room = Math.max(1, height - said.length - more.length);
  const at = rows.findIndex(({ id }) => id === form.at);
  // Rows that do not fit scroll with the one that is being changed.
  const top = Math.max(0, Math.min(at - room + 1, rows.length - room));
  const lines = rows.slice(top, top + room).map((row) => settingLine(form, row, width));
  const gap = lines.length < room ? [[]] : [];
  return [...lines, ...more, ...gap, ...said];
}

function settingLine(form: SettingsForm, row: SettingRow, width: number): Row {
  const isFocused = row.id === form.at;
  const name = run(row.label.padEnd(settingNameWidth), isFocused ? { color: 'accent' } : plain);
  const field = fieldOf(form, row);
  const room = Math.max(1, width - settingNameWidth);
  if (field.text === '' || !isChangeable(form, row)) {
    const value = field.text === '' ? cleanLine(row.whenEmpty(form.facts)) : field.text;
    const why = row.whyFixed?.(form.facts) ?? null;
    const words = why === null ? value : `${value}: ${why}`;
    // The cursor is on its first character: the words stay where they are.
    const [first] = isFocused ? clustersOf(words) : [];
    const under = first?.text ?? '';
    const cursor = first === undefined ? [] : [run(under, { inverse: true })];
    return rowOf(width, [name, ...cursor, run(words.slice(under.length), dim)]);
  }
  const [value = []] = fieldRows(field, { width: room, height: 1, isFocused });
  return [name, ...value];
}

function moreLines(width: number): Row[] {
  const folded = settingRows.filter(({ isFolded }) => isFolded);
  const names = folded.map(({ label }) => label.toLowerCase()).join(', ');
  return dimLines(`… more: ${names}`, width);
}

/** What the row takes, and from when on it counts; or why the settings were not kept. */
function saidLines({ problem, at }: SettingsForm, width: number): Row[] {
  if (problem !== null) {
    return wrapText(`${glyphs.failed} ${problem}`, width)
      .slice(0, 3)
      .map((line) => [run(line, { color: 'failed' })]);
  }
  const { label, expects } = settingRow(at);
  return [
    ...(expects === undefined ? [] : dimLines(`${label} takes ${expects}.`, width)),
    ...dimLines('Counts from the next session; budgets and hours at once.', width),
  ];
}

function dimLines(text: string, width: number): Row[] {
  return wrapText(text, width).map((line) => [run(line, dim)]);
}
