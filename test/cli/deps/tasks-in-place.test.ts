// What a machine records of the tasks that it gives, and where it works by that: with real files, and a hub that the test plays.

import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseInvocation } from '../../../source/cli/arguments.ts';
import { giveInPlace } from '../../../source/cli/deps/hub/give-in-place.ts';
import { contextFor } from '../../../source/cli/deps/hub/task-context.ts';
import { goneHere } from '../../../source/cli/deps/hub/tasks-here.ts';
import { hubTaskKey } from '../../../source/core/hub/hub-names.ts';
import type { OfferInPlace } from '../../../source/core/hub/task-offer.ts';
import { readHubTask } from '../../../source/core/hub/task-record.ts';
import { keyOf } from '../../../source/core/task/task-key.ts';
import { claimByLocks } from '../../../source/engine/coordination/claim.ts';
import type { HubConnection } from '../../../source/system/hub/hub-connection.ts';
import { stateDirectory } from '../../../source/system/state/state-directory.ts';
import { taskDirectory } from '../../../source/system/state/task-directory.ts';

let directory: string;
let project: string;
let home: string;
let written: string[];
/** What becomes of the next write. */
let answer: () => Promise<number | 'refused'>;

beforeEach(() => {
  directory = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'in-place-')));
  [project, home] = [join(directory, 'project'), join(directory, 'state')];
  fs.mkdirSync(project);
  written = [];
  answer = () => Promise.resolve(1);
});

afterEach(() => fs.rmSync(directory, { recursive: true }));

const connection = {
  hubStart: 'S',
  write: (_bucket: string, _key: string, { text }: { text: string }) => {
    written.push(text);
    return answer();
  },
} as unknown as HubConnection;

const keyIn = (where: string): string =>
  hubTaskKey(keyOf({ host: 'laptop', project: where, name: 'docs' }))!;

const give = (description = 'Write the docs'): Promise<void> =>
  giveInPlace(
    { connection, project, home },
    {
      ...{ key: keyIn(project), machine: 'laptop', name: 'docs' },
      asked: { description, model: null, review: null, checks: ['npm test'] },
    },
  );

const task = () => taskDirectory(project, 'docs');
const state = () => stateDirectory(home, project, 'docs');
const recorded = () => state().readGiven(() => task().identity());

/** The offer that the hub got last. */
function offered(): OfferInPlace {
  const found = readHubTask(written.at(-1) ?? '', keyIn(project));
  const offer = found.kind === 'read' ? found.task.offer : null;
  if (offer?.remote !== null) throw new Error('no offer in place was written');
  return offer;
}

describe('a task that is given in its project', () => {
  test('is recorded here before the hub hears of it, for its user alone, and its name is taken', async () => {
    let before: unknown = null;
    answer = async () => {
      before = await recorded();
      return 1;
    };
    await give();
    expect(before).toEqual({ key: keyIn(project), offer: offered() });
    expect(await task().readDescription()).toBe('Write the docs');
    expect(fs.statSync(join(state().path, 'given.json')).mode & 0o777).toBe(0o600);
  });

  test('is forgotten if the hub has another one', async () => {
    answer = () => Promise.resolve('refused');
    await expect(give()).rejects.toThrow('The hub has a task docs of this project already');
    expect(await recorded()).toBe(null);
    answer = () => Promise.resolve(1);
    await give();
    expect(await recorded()).toMatchObject({ offer: { id: offered().id } });
  });

  test('is the same one when it is given again, after a hub that did not answer or has lost it', async () => {
    answer = () => Promise.reject(new Error('no answer'));
    await expect(give()).rejects.toThrow('no answer');
    const { id } = offered();
    answer = () => Promise.resolve(1);
    for (let times = 0; times < 2; times++) {
      await give();
      expect(offered().id).toBe(id);
    }
    await expect(give('Something else')).rejects.toThrow('was given with another description');
  });

  test.each([
    ['task.json', JSON.stringify({ version: 1, description: 'Write the docs', created: '' })],
    ['task_list.md', '- [ ] one\n'],
  ])('never takes the place of another one, which has a %s', async (file, text) => {
    await task().make();
    fs.writeFileSync(join(task().path, file), text);
    await expect(give()).rejects.toThrow('The project has a task docs already');
    expect(fs.readFileSync(join(task().path, file), 'utf8')).toBe(text);
    expect(fs.readdirSync(task().path).filter((name) => !name.startsWith('.'))).toEqual([file]);
    expect([written, await recorded()]).toEqual([[], null]);
  });

  test('is not given while a runner has that name', async () => {
    await state().make();
    await task().make();
    const claim = await claimByLocks({ state: state(), task: task() });
    await expect(give()).rejects.toThrow('docs is already running');
    claim?.release();
    expect(written).toEqual([]);
  });
});

describe('a task that the hub has', () => {
  const gone = async (offer: OfferInPlace) => [
    ...(await goneHere({ project, home }, 'laptop', new Map([['docs', offer]]))),
  ];

  test('is here as long as the worker goes on with it, and gone then', async () => {
    await give();
    expect(await gone(offered())).toEqual([]);
    expect(await gone({ ...offered(), checks: null })).toEqual(['docs']);
    // Another machine's is none of ours.
    expect(await gone({ ...offered(), pinned: 'server', checks: null })).toEqual([]);
    // As from a backup.
    fs.cpSync(task().path, join(directory, 'copy'), { recursive: true });
    fs.rmSync(task().path, { recursive: true });
    fs.renameSync(join(directory, 'copy'), task().path);
    expect(await gone(offered())).toEqual(['docs']);
    fs.rmSync(state().path, { recursive: true });
    expect(await gone(offered())).toEqual(['docs']);
  });
});

describe('the worker of a hub', () => {
  async function placeOf(offer: OfferInPlace, where = project): Promise<string> {
    const parsed = await parseInvocation(['--worker', '--hub', 'laptop.hub']);
    if ('problem' in parsed) throw new Error(parsed.problem);
    const found = { home, key: keyIn(where), offer };
    const { context, name } = await contextFor(parsed.invocation, found);
    return join(context.paths.project, '.autonomous', name);
  }

  const notGiven = 'this machine did not give it to the hub';
  const changed = 'the hub says something else of it than was given';

  test('works in the project of a task that was given from there', async () => {
    await give();
    expect(await placeOf(offered())).toBe(task().path);
  });

  test.each<Partial<OfferInPlace>>([
    { description: 'Delete the docs' },
    { checks: ['touch mark'] },
    { checks: null },
    { model: 'gpt' },
    { review: false },
    { id: 'another' },
    { pinned: 'server' },
  ])('works on nothing but what was given: not with %j', async (change) => {
    await give();
    await expect(placeOf({ ...offered(), ...change })).rejects.toThrow(changed);
  });

  test('does not even look at a directory that nothing was given from', async () => {
    await give();
    const other = join(directory, 'other');
    fs.mkdirSync(join(other, '.autonomous', 'docs'), { recursive: true });
    for (const where of [other, directory, '/', '', 'project', `${project}/../project`]) {
      await expect(placeOf(offered(), where)).rejects.toThrow(notGiven);
    }
    expect(fs.readdirSync(join(other, '.autonomous', 'docs'))).toEqual([]);
    expect(fs.readdirSync(home)).toHaveLength(1);
  });

  test('leaves another directory of that name alone', async () => {
    await give();
    fs.rmSync(task().path, { recursive: true });
    await task().make();
    await expect(placeOf(offered())).rejects.toThrow(notGiven);
  });

  test('leaves a project alone that is behind a link now', async () => {
    await give();
    fs.renameSync(project, join(directory, 'moved'));
    fs.symlinkSync(join(directory, 'moved'), project);
    await expect(placeOf(offered())).rejects.toThrow(/link|not give/);
  });

  test('leaves it alone once its user has deleted it here', async () => {
    await give();
    fs.rmSync(state().path, { recursive: true });
    await expect(placeOf(offered())).rejects.toThrow(notGiven);
  });
});
