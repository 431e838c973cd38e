// The description and the notes, on real files; a function stands where the user's editor is.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { editText, type TextDeps } from '../../../source/engine/tasks/edit-text.ts';
import { chooseTask } from '../../../source/engine/tasks/task-choice.ts';
import { descriptionText, notesText } from '../../../source/system/edit/task-texts.ts';
import { taskDirectory } from '../../../source/system/state/task-directory.ts';
import { task as viewOf } from '../../ui/sample.ts';
import { EngineWorld } from '../../helpers/engine-world.ts';

type Left = { text: string } | { problem: string; kept: string | null };

let world: EngineWorld;
let forgotten = 0;

beforeEach(async () => {
  world = new EngineWorld();
  forgotten = 0;
  await world.task.make();
  await world.state.make();
  await world.task.writeDescription('Build the docs', new Date(0));
  fs.writeFileSync(path('progress.md'), 'one\n', { mode: 0o644 });
  return () => world.remove();
});

const path = (name: string): string => join(world.task.path, name);
const read = (name: string): string => fs.readFileSync(path(name), 'utf8');
const waiting = async () => world.state.waitingGuidance(await world.task.identity());

function edit(what: 'description' | 'notes', editor: (text: string) => Left) {
  const [project, name] = [world.project, 'docs-site'];
  const deps: TextDeps = {
    task: world.task,
    state: { ...world.state, readRecord: () => Promise.resolve({} as never) },
    text: what === 'notes' ? notesText(project, name) : descriptionText(project, name, () => 5),
    now: () => 1000,
    edit: (text) => {
      const left = editor(text);
      return Promise.resolve('text' in left ? { ...left, path: '/state/edited' } : left);
    },
    forget: (file) => {
      expect(file).toBe('/state/edited');
      forgotten++;
      return Promise.resolve();
    },
  };
  return editText(deps, what);
}

test('the description is changed and told; what the task was started with and when stays known', async () => {
  expect(await edit('description', (text) => ({ text: `${text}and a search\n` }))).toEqual({
    ok: true,
    sentence: 'The description was changed',
  });
  expect(await world.task.readDescription()).toBe('Build the docs\nand a search');
  expect(await world.task.readFirstDescription()).toBe('Build the docs');
  expect(read('task.json')).toContain('"created":"1970-01-01T00:00:00.000Z"');
  expect(await waiting()).toMatchObject([
    {
      about: 'description',
      text: expect.stringContaining('It is now:\nBuild the docs\nand') as string,
    },
  ]);
  expect(forgotten).toBe(1);

  await edit('description', () => ({ text: 'Build it all' }));
  expect(await world.task.readFirstDescription()).toBe('Build the docs');
  const pieces = await waiting();
  expect(pieces.map(({ text }) => text)).toEqual([
    'I changed the goal of this task. It is now:\nBuild it all',
  ]);

  await edit('description', () => ({ text: 'Build the docs' }));
  expect(read('task.json')).not.toContain('startedWith');
});

test.each(['Build the docs', 'Build it all'])(
  'a call with the words it was started with, or has now, means the same task: %s',
  async (description) => {
    await edit('description', () => ({ text: 'Build it all' }));
    const deps = {
      names: () => Promise.resolve(['docs-site']),
      task: (name: string) => taskDirectory(world.project, name),
      view: (name: string) => Promise.resolve(viewOf(name)),
      isOfHub: () => false,
      now: () => 0,
    };
    const same = { kind: 'continue', task: 'docs-site', found: 'by description' };
    expect(await chooseTask(deps, { description, name: null, continues: false })).toEqual(same);
    expect(await chooseTask(deps, { description, name: 'docs-site', continues: false })).toEqual(
      same,
    );
  },
);

test('the notes are changed with what a session adds to them at that moment, and keep their mode', async () => {
  const answer = await edit('notes', (text) => {
    fs.appendFileSync(path('progress.md'), 'two\n');
    return { text: text.replace('one', 'uno') };
  });
  expect(answer).toEqual({ ok: true, sentence: 'The notes were changed' });
  expect(read('progress.md')).toBe('uno\ntwo\n');
  expect(fs.statSync(path('progress.md')).mode & 0o777).toBe(0o644);
  expect(await waiting()).toMatchObject([{ about: 'notes' }]);
});

test('notes that are not there yet begin with what the user writes', async () => {
  fs.rmSync(path('progress.md'));
  expect(await edit('notes', () => ({ text: 'Use port 8080\n' }))).toMatchObject({ ok: true });
  expect(read('progress.md')).toBe('Use port 8080\n');
});

test.each<['description' | 'notes', string, Left, string]>([
  [
    'description',
    'an editor that fails',
    { problem: 'vi ended with exit code 1', kept: '/kept' },
    'vi ended with exit code 1, so nothing was changed; what you wrote is in /kept',
  ],
  [
    'description',
    'an empty text',
    { text: ' \n' },
    'A task needs a description, so nothing was changed; what you wrote is in /state/edited',
  ],
  [
    'description',
    'a text that no prompt takes',
    { text: 'x'.repeat(1_000_001) },
    'The description has 1000001 characters, of at most 1000000, so nothing was changed; what you wrote is in /state/edited',
  ],
  [
    'notes',
    'an empty text',
    { text: '' },
    'No notes would be left, so nothing was changed; what you wrote is in /state/edited',
  ],
])('%s: %s is named in one sentence, and nothing is lost', async (what, _why, answer, sentence) => {
  const before = [read('task.json'), read('progress.md')];
  expect(await edit(what, () => answer)).toEqual({ ok: false, sentence });
  expect([read('task.json'), read('progress.md')]).toEqual(before);
  expect(await waiting()).toEqual([]);
  expect(forgotten).toBe(0);
});

test.each(['description', 'notes'] as const)(
  'the %s that somebody else changed meanwhile is left, and the user’s text is kept',
  async (what) => {
    const other = { description: 'Other', notes: 'other\n' }[what];
    const answer = await edit(what, () => {
      if (what === 'notes') fs.writeFileSync(path('progress.md'), other);
      else fs.writeFileSync(path('task.json'), JSON.stringify({ version: 1, description: other }));
      return { text: 'mine' };
    });
    expect(answer.sentence).toMatch(
      /^Somebody else changed .* meanwhile; what you wrote is in \/state\/edited$/u,
    );
    expect(read(what === 'notes' ? 'progress.md' : 'task.json')).toContain(other.trim());
    expect(forgotten).toBe(0);
  },
);

test('a text that comes back as it was is no change, and nothing is told', async () => {
  for (const what of ['description', 'notes'] as const) {
    expect(await edit(what, (text) => ({ text }))).toEqual({
      ok: true,
      sentence: 'Nothing was changed',
    });
  }
  expect(await waiting()).toEqual([]);
});

test('a link in place of the notes is not followed', async () => {
  const elsewhere = join(world.directory, 'elsewhere');
  fs.writeFileSync(elsewhere, 'secret');
  fs.rmSync(path('progress.md'));
  fs.symlinkSync(elsewhere, path('progress.md'));
  await expect(edit('notes', () => ({ text: 'mine' }))).rejects.toThrow();
  expect(fs.readFileSync(elsewhere, 'utf8')).toBe('secret');
});
