import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { acceptVersion } from '../../../source/engine/tasks/accept-version.ts';
import { EngineWorld } from '../../helpers/engine-world.ts';

const restored = '- [x] one\n- [ ] two\n- [ ] three\n';
const replaced = { session: 4, text: '- [x] one\n- [ ] three\n', restored };

let world: EngineWorld;

beforeEach(async () => {
  world = new EngineWorld();
  await world.task.make();
  await world.state.make();
  write(restored);
  const directory = await world.task.identity();
  await world.state.writeReplacedList(replaced, directory!);
  return () => world.remove();
});

const path = (): string => join(world.task.path, 'task_list.md');
const write = (list: string): void => fs.writeFileSync(path(), list);
const list = (): string => fs.readFileSync(path(), 'utf8');
const kept = async () => world.state.readReplacedList(await world.task.identity());

test('an accepted version is the list, known as the user’s before it is written, and kept no more', async () => {
  let knownBefore: string | null = null;
  const task: typeof world.task = {
    ...world.task,
    replaceList: async (text, before) => {
      knownBefore = await world.state.readUsersList();
      return world.task.replaceList(text, before);
    },
  };
  expect(await acceptVersion({ task, state: world.state }, 4)).toEqual({
    ok: true,
    sentence: 'The list is as session 4 wrote it',
  });
  expect(list()).toBe(replaced.text);
  expect(knownBefore).toBe(replaced.text);
  expect(await kept()).toBeNull();
  expect(await acceptVersion(world, 4)).toEqual({
    ok: false,
    sentence: 'The version of session 4 is not kept any more',
  });
});

test('a step that Codex ticks at that moment stays ticked', async () => {
  let isFirst = true;
  const task: typeof world.task = {
    ...world.task,
    replaceList: (text, before) => {
      if (isFirst) write(restored.replace('[ ] three', '[x] three'));
      isFirst = false;
      return world.task.replaceList(text, before);
    },
  };
  expect(await acceptVersion({ task, state: world.state }, 4)).toMatchObject({ ok: true });
  expect(list()).toBe('- [x] one\n- [x] three\n');
});

test.each([
  ['the list has changed otherwise', `${restored}- [ ] four\n`, 4, /^The list has changed since/],
  ['the user saw another version', restored, 3, /^The version of session 3 is not kept/],
])('nothing is replaced when %s', async (_, now, session, sentence) => {
  write(now);
  const answer = await acceptVersion(world, session);
  expect(answer.ok).toBe(false);
  expect(answer.sentence).toMatch(sentence);
  expect(list()).toBe(now);
  expect(await kept()).toEqual(replaced);
});
