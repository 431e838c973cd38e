// The form for a new task, as lines of a dialog:
//
//   ╭ New task ───────────────────────────────────────────────╮
//   │ What should be done?                                    │
//   │ ┃ Build a REST API for todo app                         │
//   │                                                         │
//   │ Name      build-rest-api-todo                           │
//   │ Sandbox   workspace-write                               │
//   │ Worktree  none                                          │
//   │ After     docs-site                                     │
//   │ Plan      work on it at once                            │

import { glyphs } from '../../look/glyphs.ts';
import type { FormField, TaskForm } from '../../dialog/task-form.ts';
import { cutFront } from '../../look/text-width.ts';
import { wrapText } from '../../look/text-wrap.ts';
import { fieldRows } from './field-rows.ts';
import { dim, plain, run, type Row, type StyleRun } from '../row.ts';

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
  const choices = choiceLines(form, height - 4 - where.length - danger.length - error.length);
  const others = 3 + where.length + choices.length + danger.length + error.length;
  const description = field('description', form, {
    width: width - 2,
    height: Math.max(1, Math.min(tallestDescription, height - others)),
  });
  // Empty lines, if there is space for them.
  const room = height - others - description.length;
  const [name = []] = field('name', form, { width: width - 10, height: 1 });
  return [
    [run('What should be done?', label('description', form))],
    ...description.map((row) => [run('┃ ', bar('description', form)), ...row]),
    ...(room > 1 ? [[]] : []),
    ...where,
    [run('Name      ', label('name', form)), ...(form.name.text === '' ? suggestion(form) : name)],
    [run('Sandbox   ', label('sandbox', form)), ...sandboxRuns(form)],
    ...danger,
    ...choices,
    ...error,
    ...(room > 0 ? [[]] : []),
  ];
}

/** If there are several. */
function projectLines({ project }: TaskForm, width: number): Row[] {
  if (project === null) return [];
  return [[run('Project   '), run(cutFront(project.label, width - 10), dim)]];
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
  const hint = focused === 'sandbox' ? [run('   Space: change', dim)] : [];
  const style = sandbox === 'danger-full-access' ? ({ color: 'alarm' } as const) : plain;
  return [run(sandbox, style), ...hint];
}

/** Without room, only the one that is being made. */
function choiceLines(form: TaskForm, room: number): Row[] {
  const all = choicesOf(form);
  return all
    .filter(({ field: which }) => all.length <= room || which === form.field)
    .map(({ field: which, words }) => choiceLine(which, words, form));
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
  const hint = form.field === which ? [run('   Space: change', dim)] : [];
  const name = which.charAt(0).toUpperCase() + which.slice(1);
  return [run(name.padEnd(10), label(which, form)), run(words), ...hint];
}

function dangerLines(width: number): StyleRun[][] {
  const margin = width < 50 ? '' : ' '.repeat(10);
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

function label(which: FormField, form: TaskForm): StyleRun['style'] {
  return form.field === which ? { color: 'accent' } : plain;
}

function bar(which: FormField, form: TaskForm): StyleRun['style'] {
  return form.field === which ? { color: 'accent' } : dim;
}
