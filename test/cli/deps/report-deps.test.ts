// A report on real directories: tasks that are gone, renamed, hostile or without git.

import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reportDeps } from '../../../source/cli/deps/report-deps.ts';
import { reportMarkdown } from '../../../source/core/report/markdown.ts';
import type { JournalLine } from '../../../source/core/report/journal-line.ts';
import { stateDirectory } from '../../../source/system/state/state-directory.ts';
import { directoryIdentity } from '../../../source/system/state/task-snapshot.ts';
import { ended, ticked } from '../../helpers/report-facts.ts';
import { recordWith, sessionWith } from '../../helpers/run-records.ts';

let root: string;
let paths: { project: string; home: string };

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'report-')));
  paths = { project: join(root, 'project'), home: join(root, 'state') };
  mkdirSync(paths.project);
  mkdirSync(paths.home, { mode: 0o700 });
});

afterEach(() => rmSync(root, { recursive: true }));

const directoryOf = (task: string): string => join(paths.project, '.autonomous', task);

/** A task whose first session ticked one of two steps. */
async function worked(task: string, lines: readonly JournalLine[] = []): Promise<void> {
  mkdirSync(directoryOf(task), { recursive: true });
  writeFileSync(join(directoryOf(task), 'task_list.md'), '- [x] Add a cart\n- [ ] Sell it\n');
  const state = stateDirectory(paths.home, paths.project, task);
  await state.make();
  const session = sessionWith({ number: 1, ended: { at: 1000, outcome: 'completed', copy: null } });
  const directory = directoryIdentity(paths.project, task)!;
  const ending = { kind: 'stopped', sentence: null, at: 1000 } as const;
  await state.writeRecord(recordWith({ directory, session, ending, phase: 'ended' }));
  for (const line of [ended(1), ticked(1, ['Add a cart']), ...lines]) await state.noteJournal(line);
}

const read = (since: number | null = null, what: 'all' | 'news' = 'all') =>
  reportDeps(paths)({ task: null, since, what });

test('a project without git gets one sentence, and everything else', async () => {
  await worked('shop');
  const { tasks } = await read();
  expect(tasks).toMatchObject([
    {
      task: 'shop',
      steps: { ticked: 1, done: 1, total: 2 },
      sessions: { total: 1, unknown: 0 },
      files: { problem: 'the project is not in a git repository' },
    },
  ]);
});

test('a task whose directory was deleted is named, and one that was renamed is reported', async () => {
  await worked('shop');
  await worked('docs');
  rmSync(directoryOf('shop'), { recursive: true });
  renameSync(directoryOf('docs'), directoryOf('manual'));
  const { tasks, gone } = await read();
  expect(gone).toEqual(['shop']);
  expect(tasks).toMatchObject([{ task: 'manual', steps: { ticked: 1 } }]);
});

test('a task that began anew in place of a deleted one reports nothing of it', async () => {
  await worked('shop');
  renameSync(directoryOf('shop'), join(root, 'away'));
  mkdirSync(directoryOf('shop'));
  const { tasks } = await read();
  expect(tasks).toMatchObject([{ task: 'shop', happened: false, sessions: { total: 0 } }]);
});

test('names and texts that others chose stay in their places', async () => {
  mkdirSync(directoryOf('`x` @all\n# y'), { recursive: true });
  await worked('shop', [ended(2, { outcome: '`@all` <img src=x>\n# z' })]);
  const text = reportMarkdown(await read());
  expect(text).toContain('1 `` `@all` <img src=x> # z ``');
  expect(text).toContain('Nothing happened in `` `x` @all # y ``.');
  expect(text.match(/^#+ .*/gm)).toHaveLength(2);
});

test('for the news only tasks are read whose journal grew since', async () => {
  await worked('shop');
  await worked('docs');
  const path = join(stateDirectory(paths.home, paths.project, 'docs').path, 'journal.jsonl');
  utimesSync(path, 1, 1);
  const { tasks } = await read(2000, 'news');
  expect(tasks.map(({ task }) => task)).toEqual(['shop']);
});
