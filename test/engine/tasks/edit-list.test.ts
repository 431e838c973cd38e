import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { editList } from '../../../source/engine/tasks/edit-list.ts';
import { EngineWorld } from '../../helpers/engine-world.ts';

const before = '- [x] one\r\n- [ ] two\r\n- [ ] three\r\n';

let world: EngineWorld;

beforeEach(async () => {
  world = new EngineWorld();
  await world.task.make();
  await world.state.make();
  write(before);
  return () => world.remove();
});

const path = (): string => join(world.task.path, 'task_list.md');
const write = (list: string): void => fs.writeFileSync(path(), list);
const list = (): string => fs.readFileSync(path(), 'utf8');
const waiting = async () => world.state.waitingGuidance(await world.task.identity());

const deps = (task = world.task) => ({
  task,
  state: { ...world.state, readRecord: () => Promise.resolve({} as never) },
  now: () => 1000,
});

test('an edit is known as the user’s before it is written, and all edits wait as one piece', async () => {
  let knownBefore: string | null = null;
  const task: typeof world.task = {
    ...world.task,
    replaceList: async (text, from) => {
      knownBefore = await world.state.readUsersList();
      return world.task.replaceList(text, from);
    },
  };
  const skip = { kind: 'skip', step: { number: 2, text: 'two' }, reason: 'no time' } as const;
  expect(await editList(deps(task), skip)).toEqual({
    ok: true,
    sentence: 'Skipped step 2: two (skipped: no time)',
    step: { number: 2, text: 'two (skipped: no time)' },
  });
  const skipped = before.replace('[ ] two', '[x] two (skipped: no time)');
  expect(list()).toBe(skipped);
  expect(knownBefore).toBe(skipped);
  const down = { kind: 'move', step: { number: 1, text: 'one' }, to: 'down' } as const;
  expect(await editList(deps(), down)).toMatchObject({ ok: true, step: { number: 2 } });
  expect(await waiting()).toMatchObject([
    {
      about: 'list',
      when: 'next',
      text:
        'I changed task_list.md myself. Read it again, it is as I want it:\n' +
        '- Skipped step 2: two (skipped: no time)\n- Moved down: step 2: one',
    },
  ]);
});

test('a step that Codex ticks at that moment stays ticked', async () => {
  let isFirst = true;
  const task: typeof world.task = {
    ...world.task,
    replaceList: (text, from) => {
      if (isFirst) write(before.replace('[ ] three', '[x] three'));
      isFirst = false;
      return world.task.replaceList(text, from);
    },
  };
  const step = { number: 2, text: 'two' };
  expect(await editList(deps(task), { kind: 'reword', step, text: 'zwei' })).toMatchObject({
    ok: true,
  });
  expect(list()).toBe('- [x] one\r\n- [ ] zwei\r\n- [x] three\r\n');
});

test('a step that changed meanwhile is left as it is, and nothing waits', async () => {
  const step = { number: 2, text: 'to' };
  expect(await editList(deps(), { kind: 'untick', step })).toEqual({
    ok: false,
    sentence: 'Step 2 has changed meanwhile, so nothing was changed: look again',
  });
  expect(list()).toBe(before);
  expect(await waiting()).toEqual([]);
});

test('a task that never ran has nothing to be told of', async () => {
  const step = { number: 1, text: 'one' };
  const own = { ...deps(), state: world.state };
  expect(await editList(own, { kind: 'untick', step })).toMatchObject({ ok: true });
  expect(await waiting()).toEqual([]);
});
