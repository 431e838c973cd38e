// The form for a new task, as lines of a dialog:
//
//   ╭ New task ───────────────────────────────────────────────╮
//   │ What should be done?                                    │
//   │ ┃ Build a REST API for todo app                         │
//   │                                                         │
//   │ Name           build-rest-api-todo                      │
//   │ Sandbox        workspace-write                          │
//   │ Worktree       none                                     │
//   │ After          docs-site                                │
//   │ Plan           work on it at once                       │
//   │ More           model, profile, sessions, tokens, …      │

import { glyphs } from '../../look/glyphs.ts';
import type { FormField, TaskForm } from '../../dialog/task-form.ts';
import { countSet, moreFields, moreSettings, rowField } from '../../dialog/more-rows.ts';
import type { SettingFacts } from '../../../core/settings/setting.ts';
import { cutEnd, cutFront } from '../../look/text-width.ts';
import { wrapText } from '../../look/text-wrap.ts';
import { fieldRows } from './field-rows.ts';
import { settingNameWidth } from './settings-rows.ts';
import { dim, plain, rowOf, run, type Row, type StyleRun } from '../row.ts';
import { capital } from '../../../core/text/capital.ts';

const tallestDescription = 8;

export function formLines(
  form: TaskForm,
  { width, height }: { width: number; height: number },
): Row[] {
  const danger = form.sandbox === 'danger-full-access' ? dangerLines(width) : [];
  const error = [
    ...(form.error === null ? [] : errorLines(form.error, width)),
    ...(form.question === null ? [] : questionLines(form.question, width)),
  ];
  const where = projectLines(form, width);
  const choices = choiceLines(
    form,
    height - 4 - where.length - danger.length - error.length,
    width,
  );
  const others = 3 + where.length + choices.length + danger.length + error.length;
  const description = field('description', form, {
    width: width - 2,
    height: Math.max(1, Math.min(tallestDescription, height - others)),
  });
  // Empty lines, if there is space for them.
  const room = height - others - description.length;
  const [name = []] = field('name', form, { width: width - settingNameWidth, height: 1 });
  return [
    [run('What should be done?', label('description', form))],
    ...description.map((row) => [run('┃ ', bar('description', form)), ...row]),
    ...(room > 1 ? [[]] : []),
    ...where,
    [nameRun('Name', 'name', form), ...(form.name.text === '' ? suggestion(form) : name)],
    [nameRun('Sandbox', 'sandbox', form), ...sandboxRuns(form)],
    ...danger,
    ...choices,
    ...error,
    ...(room > 0 ? [[]] : []),
  ];
}

/** If there are several. */
function projectLines({ project }: TaskForm, width: number): Row[] {
  if (project === null) return [];
  return [
    [
      run('Project'.padEnd(settingNameWidth)),
      run(cutFront(project.label, width - settingNameWidth), dim),
    ],
  ];
}

function field(
  which: 'description' | 'name',
  form: TaskForm,
  box: { width: number; height: number },
): Row[] {
  return fieldRows(form[which], { ...box, isFocused: form.field === which });
}

function suggestion(form: TaskForm): StyleRun[] {
  const cursor = form.field === 'name' ? [run(' ', { inverse: true })] : [];
  return [
    ...cursor,
    run(form.suggestedName === '' ? '(from the description)' : form.suggestedName, dim),
  ];
}

function sandboxRuns({ sandbox, field: focused }: TaskForm): StyleRun[] {
  const hint = focused === 'sandbox' ? [run('  Space: change', dim)] : [];
  const style = sandbox === 'danger-full-access' ? ({ color: 'alarm' } as const) : plain;
  return [run(sandbox, style), ...hint];
}

/** Without room for all, those around the one that is being made. */
function choiceLines(form: TaskForm, room: number, width: number): Row[] {
  const choices = choicesOf(form);
  const all = [...choices.map((choice) => choice.field), ...moreFieldsOf(form)];
  const lines = [
    ...choices.map(({ field: which, words }) => choiceLine(which, words, form)),
    ...moreLines(form, width),
  ];
  if (lines.length <= room) return lines;
  const at = all.indexOf(form.field);
  if (at === -1) return room < 2 ? [] : lines.slice(0, room);
  const shown = Math.max(1, room);
  const top = Math.max(0, Math.min(at - shown + 1, lines.length - shown));
  return lines.slice(top, top + shown);
}

function moreFieldsOf({ more }: TaskForm): readonly FormField[] {
  return more.isUnfolded ? moreFields : ['more'];
}

function moreLines(form: TaskForm, width: number): Row[] {
  const { more, field: focused } = form;
  if (!more.isUnfolded) {
    const names = moreSettings.map((row) => row.label.toLowerCase()).join(', ');
    const set = countSet(more);
    const words = set === 0 ? names : `${set} set: ${names}`;
    const hint = focused === 'more' ? '   Space: show' : '';
    const shown = cutEnd(words, Math.max(1, width - settingNameWidth - hint.length));
    return [rowOf(width, [nameRun('More', 'more', form), run(shown, dim), run(hint, dim)])];
  }
  return moreSettings.map((row) => {
    const field = rowField(more, row.id);
    const isFocused = focused === row.id;
    const name = nameRun(row.label, row.id, form);
    if (field.text === '') {
      const words = emptyWords(row);
      const [first, rest] = [words.slice(0, 1), words.slice(1)];
      const cursor = run(first, isFocused ? { inverse: true } : dim);
      return rowOf(width, [name, cursor, run(rest, dim)]);
    }
    const room = Math.max(1, width - settingNameWidth);
    const [value = []] = fieldRows(field, { width: room, height: 1, isFocused });
    return rowOf(width, [name, ...value]);
  });
}

/** What the configuration says, the form does not know. */
const configured: readonly FormField[] = ['model', 'profile', 'checks', 'check-network', 'review'];
const nothingKnown: SettingFacts = {
  ...{ model: null, profile: null, checks: [], review: false },
  ...{ hasWorktree: false, worktreeFixed: null, planFixed: null, sandbox: null },
};

function emptyWords({ id, whenEmpty }: (typeof moreSettings)[number]): string {
  return configured.includes(id) ? 'as configured' : whenEmpty(nothingKnown);
}

function choicesOf(form: TaskForm): { field: FormField; words: string }[] {
  const { worktree, after, others, looksAtPlan } = form;
  const choices: { field: FormField; words: string }[] = [];
  if (worktree !== null) {
    choices.push({ field: 'worktree', words: worktree.chosen === 'own' ? 'of its own' : 'none' });
  }
  if (others.length > 0) choices.push({ field: 'after', words: after ?? 'no other task' });
  const plan = looksAtPlan ? 'wait until I have looked at it' : 'work on it at once';
  return [...choices, { field: 'plan', words: plan }];
}

function choiceLine(which: FormField, words: string, form: TaskForm): Row {
  const hint = form.field === which ? [run('  Space: change', dim)] : [];
  return [nameRun(capital(which), which, form), run(words), ...hint];
}

function dangerLines(width: number): StyleRun[][] {
  const margin = width < 50 ? '' : ' '.repeat(settingNameWidth);
  return wrapText('Codex can change any file and use the network', width - margin.length).map(
    (line) => [run(margin + line, { color: 'alarm' })],
  );
}

function errorLines(sentence: string, width: number): StyleRun[][] {
  return wrapText(`${glyphs.failed} ${sentence}`, width)
    .slice(0, 3)
    .map((line) => [run(line, { color: 'failed' })]);
}

function questionLines(sentence: string, width: number): StyleRun[][] {
  return wrapText(sentence, width)
    .slice(0, 3)
    .map((line) => [run(line, { color: 'waiting' })]);
}

/** All values of the form begin in the same column. */
function nameRun(name: string, which: FormField, form: TaskForm): StyleRun {
  return run(name.padEnd(settingNameWidth), label(which, form));
}

function label(which: FormField, form: TaskForm): StyleRun['style'] {
  return form.field === which ? { color: 'accent' } : plain;
}

function bar(which: FormField, form: TaskForm): StyleRun['style'] {
  return form.field === which ? { color: 'accent' } : dim;
}
