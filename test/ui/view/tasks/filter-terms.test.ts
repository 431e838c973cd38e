// What is typed to choose among the tasks.

import { expect, test } from 'vitest';
import { noUsage } from '../../../../source/core/codex/usage.ts';
import { commands } from '../../../../source/screen/commands/command-table.ts';
import { fieldWith } from '../../../../source/ui/dialog/text-field.ts';
import { keyOf } from '../../../../source/core/task/task-key.ts';
import type { Scene } from '../../../../source/ui/view/panes.ts';
import { screenRows } from '../../../../source/ui/screen.ts';
import { reduceView } from '../../../../source/ui/view/reducer.ts';
import { shownTasks } from '../../../../source/ui/view/tasks/shown-tasks.ts';
import { initialView, type View } from '../../../../source/ui/view/state.ts';
import { board, drawn, now, screen, state, task } from '../../sample.ts';

const hourMs = 3_600_000;
const cost = (inputTokens: number) => ({ ...noUsage, inputTokens });

const tasks = [
  task('fresh', { state: state('idle'), lastWorkedAt: now - hourMs, usage: cost(400_000) }),
  task('shop', { state: state('paused'), lastWorkedAt: now - 30 * hourMs, usage: cost(2_000_000) }),
  task('shop-old', { state: state('paused'), lastWorkedAt: now - 300 * hourMs, usage: cost(900) }),
  task('never', { state: state('idle'), lastWorkedAt: null }),
  task('works', { state: state('running'), lastWorkedAt: now - 5 * hourMs, usage: cost(600_000) }),
];

const scene: Scene = { ...screen('120×30'), board: board({ tasks }), now };

function typed(text: string, at: Scene = scene): View {
  const opened = reduceView(
    initialView({ commands }),
    { type: 'dialog-opened', dialog: { kind: 'filter', field: fieldWith('') } },
    at,
  );
  return reduceView(opened, { type: 'written', edit: { type: 'insert', text } }, at);
}

const lastRow = (view: View): string =>
  drawn(screenRows({ ...screen('120×30'), board: board({ tasks }), view }).slice(-1));

const shown = (view: View, at: Scene = scene): string[] =>
  shownTasks(view, at.board).map(keyOf).sort();

test.each([
  ['age<2h', ['fresh', 'works']],
  ['age>1d', ['shop', 'shop-old']],
  ['age>1d age<7d', ['shop']],
  ['tokens>500k', ['shop', 'works']],
  ['tokens<1k', ['never', 'shop-old']],
  ['SHOP Tokens>1.5M', ['shop']],
  ['old shop', ['shop-old']],
  ['age', []],
])('%j shows the tasks that all of its terms are true of', (text, names) => {
  expect(shown(typed(text))).toEqual(names);
});

test.each([
  ['age<', 'age< takes a time such as 2h'],
  ['tokens>lots', 'tokens> takes an amount such as 5M'],
  ['age<=2h', 'age< takes a time such as 2h'],
])('%j hides no task, says what is missing, and is not kept', (text, sentence) => {
  const view = typed(text);
  expect(shown(view)).toEqual(tasks.map(keyOf).sort());
  expect(lastRow(view)).toContain(sentence);
  const keep = commands.find(({ id, scope }) => scope === 'filter' && id === 'close');
  expect(keep?.whyNot({ task: null, focus: 'tasks', dialog: view.dialog, commands })).toBe(
    sentence,
  );
});

test('while nothing is typed, the line says what can be', () => {
  expect(lastRow(typed(''))).toContain('age<2h');
});

test('a task that grows too old goes, within a minute of the screen', () => {
  const view = typed('age<61m');
  expect(shown(view)).toContain('fresh');
  const later: Scene = { ...scene, now: now + 120_000 };
  expect(shown(reduceView(view, { type: 'scene-changed' }, later))).toEqual(['works']);
});
