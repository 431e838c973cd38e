import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { TaskView } from '../../../source/core/task/board.ts';
import type { StateWord } from '../../../source/core/task/state.ts';
import { tellTask, type TellDeps } from '../../../source/engine/tasks/tell-task.ts';
import { EngineWorld } from '../../helpers/engine-world.ts';
import { viewOf } from '../../helpers/task-views.ts';

let world: EngineWorld;

beforeEach(async () => {
  world = new EngineWorld();
  await world.task.make();
  return () => world.remove();
});

function deps(view: TaskView, more: Partial<TellDeps> = {}): TellDeps {
  return {
    task: world.task,
    state: world.state,
    client: {
      start: () => Promise.reject(new Error('started')),
      send: () => Promise.reject(new Error('sent')),
    },
    view: () => Promise.resolve(view),
    now: () => 1000,
    pause: () => Promise.resolve(),
    ...more,
  };
}

const at = (word: StateWord, endedAt: number | null): Partial<TaskView> => ({
  run: 'run',
  state: { word, reason: null, until: null },
  session: { number: 4, role: 'executor', startedAt: 1, endedAt },
});

test.each([
  ['a session', at('running', null), 'The session of shop is interrupted, and told'],
  ['a pause between two', at('running', 2), 'shop will be told with its next session'],
  ['a check', at('checking', 2), 'shop will be told with its next session'],
  [
    'a review',
    { ...at('reviewing', null), done: 3 },
    'The review of shop is interrupted, and the next session is told',
  ],
])('what is told now says what becomes of %s', async (_, view, sentence) => {
  const telling = { text: 'Use PostgreSQL', when: 'now' } as const;
  expect(await tellTask(deps(viewOf('shop', view)), telling)).toMatchObject({ ok: true, sentence });
});

const isDone: Partial<TaskView> = {
  state: { word: 'done', reason: null, until: null },
  done: 1,
  total: 1,
};
const listPath = (): string => join(world.task.path, 'task_list.md');
const telling = { text: 'Use PostgreSQL', when: 'next' } as const;

test('a done task gets what was said as a step and is started', async () => {
  fs.writeFileSync(listPath(), '- [x] one\n');
  const started: string[] = [];
  const client: TellDeps['client'] = {
    start: ({ task }) => {
      started.push(task);
      return Promise.resolve({ ok: true, run: 'run' });
    },
    send: () => Promise.reject(new Error('sent')),
  };
  expect(await tellTask(deps(viewOf('shop', isDone), { client }), telling)).toMatchObject({
    ok: true,
    sentence: 'shop was done; this is a step of it now, and it goes on',
  });
  expect(fs.readFileSync(listPath(), 'utf8')).toBe('- [x] one\n- [ ] Use PostgreSQL\n');
  expect(started).toEqual(['shop']);
});

test.each<[string, string, Partial<TellDeps['task']>]>([
  ['no step can be read at its end', '- [x] one\n<script>\n', {}],
  ['it keeps changing', '- [x] one\n', { replaceList: () => Promise.resolve(false) }],
])('a done task is not started where %s: what was said waits', async (_, list, changes) => {
  fs.writeFileSync(listPath(), list);
  const task = { ...world.task, ...changes };
  expect(await tellTask(deps(viewOf('shop', isDone), { task }), telling)).toMatchObject({
    ok: false,
    sentence:
      'shop is done, and no step could be added to its list: add one, and it is told when it is continued',
    piece: { text: 'Use PostgreSQL', told: null },
  });
  expect(fs.readFileSync(listPath(), 'utf8')).toBe(list);
});
