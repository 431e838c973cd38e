import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { stepsForGuidance } from '../../../source/engine/session/told-guidance.ts';
import { replaceAsUser } from '../../../source/engine/tasks/users-edit.ts';
import type { TaskDirectory } from '../../../source/system/state/task-directory.ts';
import { EngineWorld } from '../../helpers/engine-world.ts';

let world: EngineWorld;

beforeEach(async () => {
  world = new EngineWorld();
  await world.task.make();
  await world.state.make();
  write('- [x] one\n');
  return () => world.remove();
});

const path = (): string => join(world.task.path, 'task_list.md');
const write = (list: string): void => fs.writeFileSync(path(), list);

/** Something else happens to the list before each of our replacements. */
function disturbed(happens: () => void): TaskDirectory {
  return {
    ...world.task,
    replaceList: (text, from) => {
      happens();
      return world.task.replaceList(text, from);
    },
  };
}

const unreadable = 'x'.repeat(1024 * 1024 + 1);

test.each([
  ['refused once Codex has written the list', () => write('- [x] two\n'), 'No step one'],
  ['of a list that cannot be read any more', () => write(unreadable), 'shorten it'],
  ['of a list that never stays', () => fs.appendFileSync(path(), '- [x] one\n'), 'keeps changing'],
])('an edit %s is nobody’s list', async (_, happens, why) => {
  const edited = await replaceAsUser({ task: disturbed(happens), state: world.state }, (list) =>
    list.includes('one') ? { text: '- [ ] mine\n' } : { refused: 'No step one' },
  );
  expect(edited).toEqual({ refused: expect.stringContaining(why) as string });
  expect(await world.state.readUsersList()).toBeNull();
});

test('a refused edit leaves the edit before it the user’s', async () => {
  const deps = { task: world.task, state: world.state };
  expect(await replaceAsUser(deps, () => ({ text: '- [ ] mine\n' }))).toEqual({
    text: '- [ ] mine\n',
  });
  expect(await replaceAsUser(deps, () => ({ refused: 'No' }))).toEqual({ refused: 'No' });
  expect(await world.state.readUsersList()).toBe('- [ ] mine\n');
});

test.each([
  ['opens a step', () => write('- [ ] two\n')],
  ['writes a list that cannot be read', () => write(unreadable)],
  ['never rests', () => fs.appendFileSync(path(), '- [x] one\n')],
])('no step is added for what was said, nor claimed, if Codex %s meanwhile', async (_, happens) => {
  const piece = { text: 'Use PostgreSQL', when: 'next', at: 1000 } as const;
  await world.state.addGuidance(piece, (await world.task.identity())!);
  const deps = { task: disturbed(happens), state: world.state };
  const list = await stepsForGuidance(deps, await world.task.readList());
  expect(list).toEqual(await world.task.readList());
  expect(JSON.stringify(list)).not.toContain('PostgreSQL');
  expect(await world.state.readUsersList()).toBeNull();
});
