// `--diff` as a program of its own, in a pipe and in a real terminal, on checkpoints of a real repository.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepProjectCheckpoint } from '../../../source/system/checkpoint/project-checkpoints.ts';
import { projectTree } from '../../../source/system/git/project-tree.ts';
import { compiledSource } from '../../helpers/compiled-code.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';
import { openTerminal } from '../../helpers/terminal.ts';

vi.setConfig({ testTimeout: 60_000 });

let world: GitWorld;
const main = new URL('../../../source/cli/main.ts', import.meta.url).href;
const code = `import { main } from '${main}'; process.exitCode = await main(process.argv.slice(1));`;

beforeEach(() => {
  world = makeGitWorld();
  world.write('.git/info/exclude', '.autonomous/\n');
  world.write('.autonomous/docs/task_list.md', '- [ ] one\n');
});

afterEach(() => world.remove());

async function keep(moment: 'before' | 'after', session: number): Promise<void> {
  const { environment, root: project } = world;
  const { id } = await projectTree({ project, state: join(world.directory, 'own'), environment });
  const of = { project, task: 'docs', environment };
  expect(await keepProjectCheckpoint(of, { session, moment, tree: id })).toBe(null);
}

const programArguments = (...words: string[]): string[] => [
  '--no-warnings',
  '--input-type=module',
  '-e',
  code,
  '--',
  ...words,
];

function run(...words: string[]): { stdout: Buffer; stderr: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, programArguments(...words), {
    cwd: world.root,
    env: {
      ...world.environment,
      ...compiledSource,
      XDG_STATE_HOME: join(world.directory, 'state-home'),
    },
  });
  return { stdout, stderr: stderr.toString(), status };
}

test('a session’s patch is applicable, binary files and hostile names included, without what the user did', async () => {
  await keep('before', 1);
  await keep('after', 1);
  world.write('users.txt');
  await keep('before', 2);
  world.write('kept.txt', 'changed \x1B[2J\n');
  world.write('name\x1B[31m\n.txt', 'text\n');
  world.write('bytes.bin', Buffer.from([0, 1, 2, 255, 0]));
  world.write('.autonomous/docs/task_list.md', '- [x] one\n');
  await keep('after', 2);

  const { stdout, stderr, status } = run('--diff', '--session', '2', '-n', 'docs');
  expect([stderr, status]).toEqual(['', 0]);
  expect(stdout.toString()).toContain('+changed \x1B[2J\n');
  expect(stdout.toString()).not.toContain('users.txt');
  const patch = join(world.directory, 'patch');
  fs.writeFileSync(patch, stdout);
  world.git('apply', '-R', patch);
  expect(fs.readFileSync(join(world.root, 'kept.txt'), 'utf8')).toBe('text\n');
  expect(fs.readdirSync(world.root).sort()).toEqual([
    '.autonomous',
    '.git',
    'kept.txt',
    'users.txt',
  ]);

  // The whole task, up to the files as they are now.
  const whole = run('--diff', '-n', 'docs');
  expect(whole.status).toBe(0);
  expect(whole.stdout.toString()).toContain('+++ b/users.txt');
  expect(whole.stdout.toString()).not.toContain('bytes.bin');
});

test('a terminal gets colours, and no escape of a name or a content', async () => {
  await keep('before', 1);
  world.write('kept.txt', 'changed \x1B]0;title\x07\n');
  world.write('name\x1B[31m.txt', 'text\n');
  await keep('after', 1);
  const terminal = openTerminal({
    command: [process.execPath, ...programArguments('--diff', '--session', '1', '-n', 'docs')],
    args: [],
    cwd: world.root,
    env: {
      ...world.environment,
      ...compiledSource,
      XDG_STATE_HOME: join(world.directory, 'state-home'),
    },
  });
  const { exitCode } = await terminal.exited;
  expect(exitCode).toBe(0);
  expect(terminal.colorOf('+changed')).toBe(2);
  expect(terminal.rawBytes()).not.toMatch(/\x1B(?!\[(?:0|1|3[126])m)/);
});

test('what cannot be shown is one sentence', async () => {
  expect(run('--diff')).toMatchObject({
    stderr: '--diff needs the name of a task: --task-name NAME\n',
    status: 2,
  });
  expect(run('--diff', '-n', 'docs', '--session', '0').status).toBe(2);
  expect(run('--session', '2', '-n', 'docs')).toMatchObject({
    stderr: '--session needs --diff or --undo\n',
    status: 2,
  });
  expect(run('--diff', '-n', 'docs')).toMatchObject({
    stderr: 'docs has no checkpoints\n',
    status: 1,
  });
  await keep('before', 1);
  expect(run('--diff', '-n', 'docs', '--session', '7')).toMatchObject({
    stderr: 'Session 7 of docs has no checkpoint\n',
    status: 1,
  });
  expect(run('--diff', '-n', 'other')).toMatchObject({
    stderr: 'Task not found: other (--list shows all tasks)\n',
    status: 1,
  });
});
