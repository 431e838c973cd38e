// The whole list, on real files; a function stands where the user's editor is.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { editInEditor } from '../../../source/engine/tasks/edit-in-editor.ts';
import { EngineWorld } from '../../helpers/engine-world.ts';

const before = '- [x] one\n- [ ] two\n- [ ] three\n';

let world: EngineWorld;
let forgotten = 0;

beforeEach(async () => {
  world = new EngineWorld();
  forgotten = 0;
  await world.task.make();
  fs.writeFileSync(path(), before);
  return () => world.remove();
});

const path = (): string => join(world.task.path, 'task_list.md');
const list = (): string => fs.readFileSync(path(), 'utf8');

const edit = (text: string) =>
  editInEditor({
    task: world.task,
    state: { ...world.state, readRecord: () => Promise.resolve({} as never) },
    now: () => 1000,
    edit: () => Promise.resolve({ text, path: '/state/edited' }),
    forget: (file) => {
      expect(file).toBe('/state/edited');
      forgotten++;
      return Promise.resolve();
    },
  });

test.each(['', '# Nothing\n', '- [x] one\n'])(
  'a list that leaves nothing to do is not taken before the user says so: %j',
  async (text) => {
    const { ok, sentence, asks } = await edit(text);
    expect({ ok, sentence }).toEqual({
      ok: false,
      sentence: 'Nothing was changed; what you wrote is in /state/edited',
    });
    expect(list()).toBe(before);
    expect(forgotten).toBe(0);

    expect(await asks?.keep()).toMatchObject({ ok: true });
    expect(list()).toBe(text);
    // Whose change it is: the guard leaves it.
    expect(await world.state.readUsersList()).toBe(text);
    expect(await world.state.waitingGuidance(await world.task.identity())).toHaveLength(1);
    expect(forgotten).toBe(1);
  },
);

test('what changed while the question was open is not overwritten', async () => {
  const { asks } = await edit('');
  fs.appendFileSync(path(), '- [ ] four\n');
  expect(await asks?.keep()).toEqual({
    ok: false,
    sentence: 'Somebody else changed the list meanwhile; what you wrote is in /state/edited',
  });
  expect(list()).toContain('four');
});

test('a list with an open step is taken at once', async () => {
  expect(await edit(`${before}- [ ] four\n`)).toEqual({
    ok: true,
    sentence: 'Changed the list: 1 step added',
  });
});
