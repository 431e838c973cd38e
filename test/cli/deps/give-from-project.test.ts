// What a project gives to a hub: with a real repository and its remote.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { giveFromProject } from '../../../source/cli/deps/hub/give-from-project.ts';
import { noTaskOptions } from '../../../source/core/task/options.ts';
import type { HubConnection } from '../../../source/system/hub/hub-connection.ts';
import { stateDirectory } from '../../../source/system/state/state-directory.ts';
import { taskDirectory } from '../../../source/system/state/task-directory.ts';

let directory: string;
let project: string;
let home: string;
let written: string[];

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'give-')));
  [project, home] = [join(directory, 'project'), join(directory, 'state')];
  mkdirSync(project);
  const git = (...args: string[]): void => {
    const by = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org'];
    execFileSync('git', [...by, ...args], { cwd: project, stdio: 'ignore' });
  };
  execFileSync('git', ['init', '--bare', '-q', join(directory, 'remote.git')]);
  git('init', '-q');
  writeFileSync(join(project, 'a.txt'), 'a');
  git('add', '.');
  git('commit', '-qm', 'Begin');
  git('remote', 'add', 'origin', join(directory, 'remote.git'));
  git('push', '-q', 'origin', 'HEAD');
  git('fetch', '-q', 'origin');
  written = [];
});

afterEach(() => rmSync(directory, { recursive: true }));

const connection = {
  hubStart: 'S',
  write: (_bucket: string, _key: string, { text }: { text: string }) => {
    written.push(text);
    return Promise.resolve(1);
  },
} as unknown as HubConnection;

const give = (pinned = false): Promise<string> =>
  giveFromProject(
    { connection, machine: 'laptop', project, home },
    { name: 'docs', description: 'Write', model: null, review: null, checks: null, pinned },
  );

test.each([
  [false, null, 'docs is given to the hub: it begins at'],
  [true, 'laptop', 'docs is given to the hub, for laptop alone: it begins at'],
])('pinned %j: the offer is for %j', async (pinned, machine, sentence) => {
  expect(await give(pinned)).toContain(sentence);
  expect(JSON.parse(written[0]!)).toMatchObject({ offer: { pinned: machine } });
});

test('a task of the project that is pinned to this machine is not given under its name', async () => {
  const [task, state] = [taskDirectory(project, 'docs'), stateDirectory(home, project, 'docs')];
  await task.make();
  await state.make();
  const remember = async (pinned: boolean): Promise<void> =>
    state.writeOptions({ ...noTaskOptions, pinned }, (await task.identity())!);
  await remember(true);
  await expect(give()).rejects.toThrow(
    'docs is pinned to this machine: --task-name docs --pinned none',
  );
  expect(written).toEqual([]);
  await remember(false);
  await give();
  expect(written).toHaveLength(1);
});
