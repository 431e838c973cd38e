import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TaskView } from '../../../source/core/task/board.ts';
import { linkedTask } from '../../../source/core/task/task.ts';
import {
  chooseTask,
  type TaskCall,
  type TaskChoice,
} from '../../../source/engine/tasks/task-choice.ts';
import { taskDirectory, taskNames } from '../../../source/system/state/task-directory.ts';
import { viewOf } from '../../helpers/task-views.ts';

let project: string;
let views: Record<string, Partial<TaskView>>;
let ofHub: Set<string>;

beforeEach(() => {
  project = fs.mkdtempSync(join(tmpdir(), 'task-choice-'));
  views = {};
  ofHub = new Set();
});

afterEach(() => fs.rmSync(project, { recursive: true }));

type Made = { description?: string; list?: string; view?: Partial<TaskView> };

function make(name: string, { description, list, view = {} }: Made = {}): void {
  const path = join(project, '.autonomous', name);
  fs.mkdirSync(path, { recursive: true });
  if (description !== undefined) {
    fs.writeFileSync(join(path, 'task.json'), JSON.stringify({ version: 1, description }));
  }
  if (list !== undefined) fs.writeFileSync(join(path, 'task_list.md'), list);
  views[name] = view;
}

const choose = (call: Partial<TaskCall>): Promise<TaskChoice> =>
  chooseTask(
    {
      names: () => taskNames(project),
      task: (name) => taskDirectory(project, name),
      view: (name) => Promise.resolve(viewOf(name, views[name])),
      isOfHub: (name) => ofHub.has(name),
      now: () => new Date(2026, 0, 29, 14, 3, 5).getTime(),
    },
    { description: null, name: null, continues: false, ...call },
  );

const todo = 'Build a REST API for todo app';

test('a link in place of a task is not started, continued or taken for another', async () => {
  make('docs', { list: '- [ ] one\n' });
  fs.symlinkSync('docs', join(project, '.autonomous', 'build-rest-api-todo'));
  views['build-rest-api-todo'] = { valid: false, problem: linkedTask, total: 0, hasList: false };
  expect(await choose({ name: 'build-rest-api-todo', continues: true })).toEqual({
    kind: 'problem',
    sentence: `build-rest-api-todo is ${linkedTask}`,
    exitCode: 1,
  });
  expect(await choose({ description: todo })).toMatchObject({ task: 'build-rest-api-todo-2' });
  expect(await choose({ continues: true })).toMatchObject({ task: 'docs' });
});

describe('a description alone', () => {
  const description = todo;

  test('starts a task with a generated name', async () => {
    expect(await choose({ description })).toEqual({
      kind: 'start',
      task: 'build-rest-api-todo',
      description,
      generated: true,
    });
  });

  test('without a usable word gets a name from date and time', async () => {
    expect(await choose({ description: '…' })).toMatchObject({ task: 'task-20260129-140305' });
  });

  test('that a task already has continues that task, whatever its name', async () => {
    make('another-name', { description });
    make('build-rest-api-todo', { description: 'something else' });
    expect(await choose({ description })).toEqual({
      kind: 'continue',
      task: 'another-name',
      found: 'by description',
    });
  });

  test('that two tasks have continues the one with the generated name', async () => {
    make('another-name', { description });
    make('build-rest-api-todo', { description });
    expect(await choose({ description })).toMatchObject({ task: 'build-rest-api-todo' });
  });

  test('whose generated name is taken gets the next number', async () => {
    make('build-rest-api-todo', { description: 'something else' });
    make('build-rest-api-todo-2');
    expect(await choose({ description })).toMatchObject({
      kind: 'start',
      task: 'build-rest-api-todo-3',
    });
  });

  test('that differs in one letter is another description', async () => {
    make('build-rest-api-todo', { description });
    expect(await choose({ description: `${description}s` })).toMatchObject({ kind: 'start' });
  });

  test('with --continue continues its task, and starts nothing if no task has it', async () => {
    expect(await choose({ description, continues: true })).toMatchObject({
      kind: 'problem',
      exitCode: 1,
    });
    make('x', { description });
    expect(await choose({ description, continues: true })).toMatchObject({ task: 'x' });
  });

  test.each(['', '   \n'])('that is empty is wrong usage', async (empty) => {
    expect(await choose({ description: empty })).toMatchObject({ kind: 'problem', exitCode: 2 });
  });

  test('is not searched for in directories with invalid names', async () => {
    make('my task', { description });
    expect(await choose({ description })).toMatchObject({ kind: 'start' });
  });
});

describe('a name alone', () => {
  test('continues that task', async () => {
    make('docs', { list: '- [ ] one' });
    expect(await choose({ name: 'docs' })).toEqual({
      kind: 'continue',
      task: 'docs',
      found: 'by name',
    });
  });

  test('of a task with only a description continues it: it is still to be planned', async () => {
    make('docs', { description: todo });
    expect(await choose({ name: 'docs' })).toMatchObject({ kind: 'continue' });
  });

  test('of a task with neither list nor description says how to give one', async () => {
    make('docs');
    expect(await choose({ name: 'docs' })).toEqual({
      kind: 'problem',
      exitCode: 1,
      sentence:
        'docs has no task_list.md and no description to plan from. Give one: autonomous-tui --task-name docs "what should be done"',
    });
  });

  test('of an unknown task is a problem', async () => {
    expect(await choose({ name: 'docs' })).toMatchObject({ kind: 'problem', exitCode: 1 });
  });

  test('of a link to a directory is a problem', async () => {
    fs.mkdirSync(join(project, '.autonomous'));
    fs.symlinkSync(tmpdir(), join(project, '.autonomous', 'docs'));
    expect(await choose({ name: 'docs' })).toMatchObject({ kind: 'problem', exitCode: 1 });
  });

  test.each(['../x', '.hidden', 'a..b', 'a b', '', '-rf', 'x'.repeat(65), 'ä', 'a\n'])(
    'that is invalid is wrong usage: %j',
    async (name) => {
      expect(await choose({ name })).toMatchObject({ kind: 'problem', exitCode: 2 });
      expect(await choose({ name, description: todo })).toMatchObject({ exitCode: 2 });
    },
  );
});

describe('a name and a description', () => {
  test('start the task under that name', async () => {
    expect(await choose({ name: 'docs', description: todo })).toEqual({
      kind: 'start',
      task: 'docs',
      description: todo,
      generated: false,
    });
  });

  test('that belong together continue the task', async () => {
    make('docs', { description: todo });
    expect(await choose({ name: 'docs', description: todo })).toMatchObject({
      kind: 'continue',
      found: 'by description',
    });
  });

  test('that do not belong together are wrong usage: a given name is never changed', async () => {
    make('docs', { description: 'something else' });
    expect(await choose({ name: 'docs', description: todo })).toMatchObject({
      kind: 'problem',
      exitCode: 2,
    });
  });

  test('give an empty task its description', async () => {
    make('docs');
    expect(await choose({ name: 'docs', description: todo })).toMatchObject({ kind: 'start' });
  });

  test('of a task begun by another program are wrong usage: its list is not planned again', async () => {
    make('docs', { list: '- [ ] one' });
    expect(await choose({ name: 'docs', description: todo })).toMatchObject({ exitCode: 2 });
  });
});

describe('continue without a name', () => {
  test('leaves those of a hub to their worker, and takes one only to say so if there is no other', async () => {
    make('of-hub', { view: { lastWorkedAt: 9 } });
    ofHub.add('of-hub');
    expect(await choose({ continues: true })).toMatchObject({ task: 'of-hub' });
    make('own', { view: { lastWorkedAt: 1 } });
    expect(await choose({ continues: true })).toMatchObject({ task: 'own' });
    make('also-of-hub', { view: { lastWorkedAt: 8 } });
    ofHub.add('also-of-hub');
    expect(await choose({ continues: true })).toMatchObject({ task: 'own' });
  });

  test('takes the task worked on last among those with open steps and no runner', async () => {
    make('long-ago', { view: { lastWorkedAt: 1 } });
    make('last', { view: { lastWorkedAt: 5 } });
    make('busy', { view: { lastWorkedAt: 9, runnerPid: 77 } });
    make('done', { view: { lastWorkedAt: 9, done: 3, total: 3 } });
    make('no-list', { view: { lastWorkedAt: 9, done: 0, total: 0 } });
    make('not a name', { view: { lastWorkedAt: 9 } });
    expect(await choose({ continues: true })).toEqual({
      kind: 'continue',
      task: 'last',
      found: 'last worked',
    });
  });

  test('takes one that was never worked on if there is no other', async () => {
    make('fresh', { view: { lastWorkedAt: null } });
    expect(await choose({ continues: true })).toMatchObject({ task: 'fresh' });
  });

  test('takes one that was paused while it was planned', async () => {
    const unplanned = { done: 0, total: 0, hasList: false };
    make('planned', { view: { lastWorkedAt: 1 } });
    make('paused', { description: todo, view: { ...unplanned, lastWorkedAt: 5 } });
    make('busy', { description: todo, view: { ...unplanned, lastWorkedAt: 9, runnerPid: 77 } });
    make('without-goal', { view: { ...unplanned, lastWorkedAt: 9 } });
    const problem = 'task_list.md cannot be read: EACCES';
    make('odd', { description: todo, view: { ...unplanned, lastWorkedAt: 9, problem } });
    expect(await choose({ continues: true })).toMatchObject({ kind: 'continue', task: 'paused' });
  });

  test('with nothing to continue is a problem', async () => {
    make('done', { view: { done: 3, total: 3 } });
    expect(await choose({ continues: true })).toMatchObject({ kind: 'problem', exitCode: 1 });
  });
});
