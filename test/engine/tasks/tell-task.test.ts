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
