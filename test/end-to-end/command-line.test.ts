import { execFile, execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import type { RunRecord } from '../../source/core/run/record.ts';
import { message } from '../../source/demo/responses-api.ts';
import { identityOf } from '../../source/system/process/identity.ts';
import { stateDirectory } from '../../source/system/state/state-directory.ts';
import { stateHome } from '../../source/system/state/state-files.ts';
import { programPath, versionLines, type ProgramResult } from '../helpers/program.ts';
import { recordWith, sessionWith } from '../helpers/run-records.ts';
import { hasSandbox, test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';

const run = promisify(execFile);

describe.concurrent('the command line', () => {
  describe('help and version', () => {
    test.for(['--help', '-h'])(
      '%s lists every option of the seed, and ours',
      async (option, { makeWorld }) => {
        const { exitCode, stdout, stderr } = await (await makeWorld()).run([option]);
        expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
        for (const line of [
          'autonomous-tui "task description"',
          'autonomous-tui --task-name <name> --continue',
          'autonomous-tui --list',
          'autonomous-tui --help',
        ]) {
          expect(stdout).toContain(line);
        }
        const seed =
          '--task-name --continue --no-auto-continue --max-sessions --list --resume-last --network';
        const ours = '--headless --json --cd --codex --demo --version --help';
        for (const name of `${seed} ${ours}`.split(' ')) expect(stdout).toContain(name);
      },
    );

    test.for(['--version', '-v'])(
      '%s prints the version of the package, of Node and of Codex',
      async (option, { makeWorld }) => {
        const { exitCode, stdout, stderr } = await (await makeWorld()).run([option]);
        expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
        expect(stdout).toMatch(versionLines);
      },
    );
  });

  describe('--list', () => {
    const banner = [
      '==========================================',
      '  AUTONOMOUS TASKS',
      '==========================================',
      '',
    ];

    test('says that there are no tasks yet, and where it looked', async ({ makeWorld }) => {
      const world = await makeWorld();
      const { exitCode, stdout, stderr } = await world.run(['--list']);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      const none = ['No tasks yet in .autonomous/', `Project: ${world.project}`];
      expect(stdout.split('\n')).toEqual([...banner, ...none, '']);
    });

    test('has one row per task, by name, with its state, and changes no file', async ({
      makeWorld,
    }) => {
      const world = await makeWorld();
      await writeList(world, 'build-rest-api-todo', { done: 25, total: 25 });
      await writeThread(world, 'build-rest-api-todo', '550e8400-e29b-41d4-a716-446655440000');
      await writeList(world, 'refactor-auth', { done: 12, total: 30 });
      await writeThread(world, 'refactor-auth', '661f9511-f3ac-42e5-8b27-557766551111');
      await writeRecord(world, 'refactor-auth', { runner: await myself() });
      await writeList(world, 'docs-site', { done: 7, total: 15 });
      const until = new Date();
      until.setHours(14, 0, 0, 0);
      await writeRecord(world, 'docs-site', {
        runner: await myself(),
        phase: 'waiting',
        wait: { reason: 'usage limit', until: until.getTime() },
      });
      await makeTask(world, 'incomplete-task');
      await writeFile(join(await makeTask(world, 'empty-task'), 'task_list.md'), '# Nothing\n');
      await writeList(world, 'full', { done: 0, total: 3 });
      await writeRecord(world, 'full', { runner: await myself(), sandbox: 'danger-full-access' });
      await writeList(world, 'gone', { done: 1, total: 3 });
      await writeRecord(world, 'gone', {});
      await writeList(world, 'rests', { done: 1, total: 3 });
      await writeRecord(world, 'rests', { ending: { kind: 'paused', sentence: null, at: 1 } });
      await writeList(world, 'sad', { done: 1, total: 3 });
      const sentence = 'The disk is full: free some space';
      await writeRecord(world, 'sad', { ending: { kind: 'failed', sentence, at: 1 } });
      const before = await everyFile(world.project);

      const { exitCode, stdout, stderr } = await world.run(['--list']);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout.split('\n')).toEqual([
        ...banner,
        '  ✓ build-rest-api-todo (25/25 - 100% complete) [session: 550e8400...]',
        '  ○ docs-site (7/15 - 46%) · waiting until 14:00 (usage limit)',
        '  ? empty-task (task_list.md has no steps)',
        '  ○ full (0/3 - 0%) · running (session 4) · full access',
        '  ○ gone (1/3 - 33%) · interrupted',
        '  ? incomplete-task (no task_list.md)',
        '  ○ refactor-auth (12/30 - 40%) [session: 661f9511...] · running (session 4)',
        '  ○ rests (1/3 - 33%) · paused',
        '  ○ sad (1/3 - 33%) · failed (The disk is full: free some space)',
        '',
      ]);
      expect(await everyFile(world.project)).toEqual(before);
    });

    test('on a terminal is in columns, with full access in red, unless NO_COLOR is set', async ({
      makeWorld,
    }) => {
      const world = await makeWorld();
      await writeList(world, 'docs-site', { done: 7, total: 15 });
      await writeList(world, 'full', { done: 0, total: 3 });
      await writeRecord(world, 'full', { runner: await myself(), sandbox: 'danger-full-access' });
      const red = 1;
      const coloured = world.open(['--list']);
      expect(await coloured.exited).toEqual({ exitCode: 0, signal: null });
      expect(coloured.screen()).toContain('  AUTONOMOUS TASKS');
      expect(coloured.screen()).toContain(
        '  ○ full      (0/3 - 0%)   · running (session 4) · full access',
      );
      expect(coloured.colorOf('full access')).toBe(red);
      const plain = world.open(['--list'], { env: { ...world.env, NO_COLOR: '1' } });
      await plain.exited;
      expect(plain.colorOf('full access')).toBeNull();
    });

    test('with --json is one document of version 1', async ({ makeWorld }) => {
      const world = await makeWorld();
      await writeList(world, 'refactor-auth', { done: 12, total: 30 });
      const thread = '661f9511-f3ac-42e5-8b27-557766551111';
      await writeThread(world, 'refactor-auth', thread);
      const runner = await myself();
      await writeRecord(world, 'refactor-auth', { runner });
      const { exitCode, stdout, stderr } = await world.run(['--list', '--json']);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(JSON.parse(stdout)).toMatchObject({
        version: 1,
        project: world.project,
        tasks: [
          {
            name: 'refactor-auth',
            valid: true,
            state: 'running',
            done: 12,
            total: 30,
            percent: 40,
            nextStep: { number: 13, text: 'step 13' },
            threadId: thread,
            session: { number: 4, role: 'executor' },
            sandbox: 'workspace-write',
            runnerPid: runner.pid,
          },
        ],
      });
    });

    test('an invalid name is listed with the command that renames it', async ({ makeWorld }) => {
      const world = await makeWorld();
      await writeList(world, 'My old task', { done: 1, total: 2 });
      await writeList(world, 'red \u001B[31m\u009B2J', { done: 1, total: 2 });
      const { stdout } = await world.run(['--list']);
      expect(stdout).not.toMatch(/[\u001B\u009B]/u);
      const mending = /○ My old task \(1\/2 - 50%\) · .*: (mv .*)\n/.exec(stdout)?.[1] ?? '';
      await run('sh', ['-c', mending], { cwd: world.project });
      expect((await world.run(['--list'])).stdout).toContain('  ○ old-task (1/2 - 50%)\n');
    });
  });

  describe('wrong usage is one sentence and exit code 2', () => {
    test.for([
      [['--max-sessions', 'abc', 'Sell'], '--max-sessions'],
      [['--max-sessions', '0', 'Sell'], '--max-sessions'],
      [['--max-sessions', '1.5', 'Sell'], '--max-sessions'],
      [['--max-sessions', '-1', 'Sell'], '--max-sessions'],
      [['--max-sessions', '', 'Sell'], '--max-sessions'],
      [['--lst'], '--lst'],
      [['-x', 'Sell'], '-x'],
      [['--list', '--nonsense'], '--nonsense'],
      [['--task-name', '../outside', 'Sell'], '../outside'],
      [['--task-name', 'two words', 'Sell'], 'two words'],
      [['--task-name', '.hidden', '--continue'], '.hidden'],
      [['--task-name', 'a..b', '--continue'], 'a..b'],
      [['--task-name', 'n'.repeat(65), 'Sell'], 'not a valid task name'],
      [['--task-name', 'evil\u001B[31m', 'Sell'], 'evil'],
      [['--task-name'], '--task-name'],
      [['Sell', 'things'], 'quotes'],
      [[' '], 'description'],
      [['Sell', '--', '--sandbox', 'danger-full-access'], '--network'],
      [['Sell', '--', '-c', 'approval_policy="on-request"'], 'approval_policy'],
    ] as const)('%j', async ([args, word], { makeWorld }) => {
      const world = await makeWorld();
      const result = await world.run(['--headless', ...args]);
      expect(result).toMatchObject({ exitCode: 2, stdout: '' });
      expectOneSentence(result, word);
      expect(await readdir(world.project)).toEqual(['.git']);
    });

    test('no arguments and no terminal: the usage, on stderr', async ({ makeWorld }) => {
      const result = await (await makeWorld()).run([]);
      expect(result).toMatchObject({ exitCode: 2, stdout: '' });
      expect(result.stderr).toMatch(/^Usage:\n/);
    });

    test('a configuration that is not JSON, or has a value that is not valid', async ({
      makeWorld,
    }) => {
      for (const text of ['{"restSeconds":', '{"restSeconds":"long"}']) {
        const world = await makeWorld();
        const path = join(world.env['XDG_CONFIG_HOME'] ?? '', 'autonomous-tui', 'config.json');
        await writeFile(path, text);
        const result = await world.run(['--headless', 'Sell things']);
        expect(result.exitCode).toBe(2);
        expectOneSentence(result, 'config.json');
      }
    });

    test('a known name with another description', async ({ makeWorld }) => {
      const world = await makeWorld();
      const path = await writeList(world, 'shop', { done: 1, total: 3 });
      const record = { version: 1, description: 'Sell things', created: new Date().toISOString() };
      await writeFile(join(path, 'task.json'), JSON.stringify(record));
      const result = await world.run(['--headless', '--task-name', 'shop', 'Buy things']);
      expect(result).toMatchObject({ exitCode: 2, stdout: '' });
      expectOneSentence(result, 'Task shop already exists');
    });
  });

  test.skipIf(!hasSandbox)(
    '--doctor looks at all that a run needs, and ends with 1 if something would stop it',
    async ({ makeWorld }) => {
      const world = await makeWorld();
      const well = await world.run(['--doctor']);
      expect(well).toMatchObject({ exitCode: 0, stderr: '' });
      expect(well.stdout).toContain('Nothing here stops a run');
      const env = { ...world.env, AUTONOMOUS_CODEX: '/nowhere/codex' };
      const ill = await world.run(['--doctor', '--json'], { env });
      expect(ill).toMatchObject({ exitCode: 1, stderr: '' });
      const { ok, checks } = JSON.parse(ill.stdout) as {
        ok: boolean;
        checks: { name: string; result: string; sentence: string }[];
      };
      expect(ok).toBe(false);
      const stopping = checks.filter(({ result }) => result === 'stops');
      expect(stopping).toMatchObject([
        { name: 'Codex', sentence: expect.stringContaining('npm install -g') as string },
      ]);
      const seen = well.stdout.split('\n').map((line) => line.slice(2, 17).trim());
      const names = 'Node,configuration,state directory,locks,Codex,login,sandbox,disk,git';
      for (const name of names.split(',')) expect(seen).toContain(name);
      for (const name of ['terminal', 'notifications', 'logout']) expect(seen).toContain(name);
      // Nothing is asked of a model, and no task is touched.
      expect(world.requests).toEqual([]);
    },
  );

  describe('something that does not exist is one sentence and exit code 1', () => {
    test.for([
      [['--task-name', 'unknown', '--continue'], 'Task not found: unknown'],
      [['--continue'], 'No task has open steps'],
      [['--resume-last'], 'No task has open steps'],
      [['--cd', 'nowhere', '--continue'], 'nowhere'],
      [['--cd', '.git/config', '--continue'], '.git/config'],
      [['--codex', 'nowhere', 'Sell'], 'npm install -g @openai/codex'],
      [['--codex', '.git/config', 'Sell'], 'npm install -g @openai/codex'],
    ] as const)('%j', async ([args, words], { makeWorld }) => {
      const result = await (await makeWorld()).run(['--headless', ...args]);
      expect(result.exitCode).toBe(1);
      expectOneSentence(result, words);
    });

    test('no Codex: says how to install it', async ({ makeWorld }) => {
      const world = await makeWorld();
      // Outside the reach of the Codex that is installed for development.
      const program = await programElsewhere(world);
      const env = { ...world.env, PATH: join(world.directory, 'nothing') };
      const result = await world.run(['--headless', 'Sell things'], { program, env });
      expect(result.exitCode).toBe(1);
      expectOneSentence(result, 'npm install -g @openai/codex');
    });

    test('a Codex inside the project is not trusted', async ({ makeWorld }) => {
      const world = await makeWorld();
      const program = await programElsewhere(world);
      const planted = join(world.project, 'codex');
      await writeFile(planted, '#!/bin/sh\ntouch "$HOME/ran"\n', { mode: 0o755 });
      const env = { ...world.env, PATH: [world.project, '/usr/bin', '/bin'].join(delimiter) };
      const result = await world.run(['--headless', 'Sell things'], { program, env });
      expect(result.exitCode).toBe(1);
      expectOneSentence(result, '--codex');
      expect(await readdir(world.home)).not.toContain('ran');
    });

    test('a task without list and description: gives the command that adds one', async ({
      makeWorld,
    }) => {
      const world = await makeWorld();
      await makeTask(world, 'shop');
      const result = await world.run(['--headless', '--task-name', 'shop', '--continue']);
      expect(result.exitCode).toBe(1);
      expectOneSentence(result, 'autonomous-tui --task-name shop "');
    });

    test('a current directory that was removed', async ({ makeWorld }) => {
      const world = await makeWorld();
      const gone = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"';
      const failed = await run('sh', ['-c', gone, 'sh', process.execPath, programPath, '--list'], {
        cwd: world.project,
        env: world.env,
      }).catch((error: unknown) => error as { code: number; stdout: string; stderr: string });
      expect(failed).toMatchObject({ code: 1, stdout: '' });
      expect(failed.stderr).toMatch(/^The current directory no longer exists\. .*\n$/);
    });
  });

  describe('the project is', () => {
    test('the nearest directory upwards that has tasks', async ({ makeWorld }) => {
      const world = await makeWorld();
      await writeList(world, 'shop', { done: 1, total: 2 });
      const cwd = join(world.project, 'source', 'deep');
      await mkdir(cwd, { recursive: true });
      expect((await world.run(['--list'], { cwd })).stdout).toContain('○ shop (1/2 - 50%)');
    });

    test("not searched for above the repository's root", async ({ makeWorld }) => {
      const world = await makeWorld();
      await writeList(world, 'shop', { done: 1, total: 2 });
      const vendored = join(world.project, 'vendor', 'library');
      const cwd = join(vendored, 'source');
      await mkdir(join(vendored, '.git'), { recursive: true });
      await mkdir(cwd);
      expect((await world.run(['--list'], { cwd })).stdout).toContain('No tasks yet');
    });

    test('exactly the directory given with --cd', async ({ makeWorld }) => {
      const world = await makeWorld();
      await writeList(world, 'shop', { done: 1, total: 2 });
      const cwd = world.home;
      const there = await world.run(['--list', '-C', world.project], { cwd });
      expect(there.stdout).toContain('○ shop (1/2 - 50%)');
      await mkdir(join(world.project, 'source'));
      const below = await world.run(['--list', '--cd', join(world.project, 'source')], { cwd });
      expect(below.stdout).toContain('No tasks yet');
    });
  });

  describe('an odd task directory', () => {
    test('that is a link is listed as not usable, and never entered', async ({ makeWorld }) => {
      const world = await makeWorld();
      await writeList(world, 'shop', { done: 1, total: 2 });
      const target = join(world.directory, 'elsewhere');
      await mkdir(target);
      await writeFile(join(target, 'task_list.md'), '- [ ] one\n');
      await symlink(target, join(world.project, '.autonomous', 'link'));
      expect((await world.run(['--list'])).stdout).toContain('  ? link (a symbolic link: ');
      const logged = await world.run(['--log', 'link']);
      expect(logged).toMatchObject({ exitCode: 1, stdout: '' });
      expectOneSentence(logged, 'link is a symbolic link: ');
      const result = await world.run(['--headless', '--task-name', 'link', '--continue']);
      expect(result.exitCode).toBe(1);
      expectOneSentence(result, 'link is a symbolic link: ');
      const again = await world.run(['--headless', '--task-name', 'link', 'Sell things']);
      expect(again.exitCode).toBe(1);
      expectOneSentence(again, 'is not a plain directory');
      expect(await readdir(target)).toEqual(['task_list.md']);
    });

    test('with pipes in place of its files is listed without blocking', async ({ makeWorld }) => {
      const world = await makeWorld();
      const path = await makeTask(world, 'shop');
      for (const file of ['task_list.md', 'session.id', 'session.log', 'task.json']) {
        await run('mkfifo', [join(path, file)]);
      }
      const listed = await world.run(['--list'], { timeoutMs: 10_000 });
      expect(listed).toMatchObject({ exitCode: 0, stderr: '' });
      expect(listed.stdout).toMatch(/\? shop \(task_list\.md cannot be read: .* named pipe .*\)/);
      const args = ['--headless', '--task-name', 'shop', '--continue'];
      const result = await world.run(args, { timeoutMs: 10_000 });
      expect(result.exitCode).toBe(1);
      expectOneSentence(result, 'move it away');
    });

    test('whose list is a link shows nothing of the target', async ({ makeWorld }) => {
      const world = await makeWorld();
      const path = await makeTask(world, 'shop');
      await writeFile(join(world.home, 'secret.md'), '- [ ] the secret\n');
      await symlink(join(world.home, 'secret.md'), join(path, 'task_list.md'));
      const { exitCode, stdout } = await world.run(['--list', '--json']);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('symbolic link');
      expect(stdout).not.toContain('the secret');
    });

    test('with a list of two gigabytes is not read', async ({ makeWorld }) => {
      const world = await makeWorld();
      const path = await makeTask(world, 'shop');
      await writeFile(join(path, 'task_list.md'), '- [ ] one\n');
      await truncate(join(path, 'task_list.md'), 2 * 1024 ** 3);
      const listed = await world.run(['--list'], { timeoutMs: 10_000 });
      expect(listed).toMatchObject({ exitCode: 0, stderr: '' });
      expect(listed.stdout).toContain('? shop (task_list.md is longer than 1 MiB: shorten it)');
      const result = await world.run(['--headless', '--task-name', 'shop', '--continue']);
      expect(result.exitCode).toBe(1);
      expectOneSentence(result, 'longer than 1 MiB');
    });

    test('with a list without steps says what is missing', async ({ makeWorld }) => {
      const world = await makeWorld();
      await writeFile(join(await makeTask(world, 'shop'), 'task_list.md'), '# Nothing\n');
      const result = await world.run(['--headless', '--task-name', 'shop', '--continue']);
      expect(result.exitCode).toBe(1);
      expectOneSentence(result, 'no description to plan from');
    });

    test('a file in place of .autonomous is reported and kept', async ({ makeWorld }) => {
      const world = await makeWorld();
      await writeFile(join(world.project, '.autonomous'), 'mine');
      expect(await world.run(['--list'])).toMatchObject({ exitCode: 0, stderr: '' });
      const result = await world.run(['--headless', 'Sell things']);
      expect(result.exitCode).toBe(1);
      expectOneSentence(result, '.autonomous');
      expect(await readFile(join(world.project, '.autonomous'), 'utf8')).toBe('mine');
    });
  });

  describe('if nothing can be written', () => {
    test.for(['/proc/nope', 'a file'])(
      'a state directory (%s) is one sentence and exit code 1, and --list still works',
      async (where, { makeWorld }) => {
        const world = await makeWorld();
        await writeList(world, 'shop', { done: 1, total: 2 });
        await writeFile(join(world.directory, 'a file'), '');
        const state = where === 'a file' ? join(world.directory, where) : where;
        const env = { ...world.env, XDG_STATE_HOME: state };
        const args = ['--task-name', 'shop', '--continue'];
        const result = await world.run(['--headless', ...args], { env });
        expect(result.exitCode).toBe(1);
        expectOneSentence(result, 'XDG_STATE_HOME');
        expect((await world.run(['--list'], { env })).stdout).toContain('○ shop (1/2 - 50%)');
        // Handing over to a background runner gives the same sentence.
        const terminal = world.open(args, { env });
        expect(await terminal.exited).toEqual({ exitCode: 1, signal: null });
        expect(terminal.screen().join('')).toContain('XDG_STATE_HOME');
      },
    );

    test.skipIf(!canMountReadOnly())(
      'a read-only project is one sentence and exit code 1, and --list still works',
      async ({ makeWorld }) => {
        const world = await makeWorld();
        await writeList(world, 'shop', { done: 1, total: 2 });
        const start = await readOnly(world, ['--headless', 'Sell things']);
        expect(start.exitCode).toBe(1);
        expectOneSentence(
          start,
          'cannot be written (EROFS: read-only file system): make it writable',
        );
        const goOn = await readOnly(world, ['--headless', '--task-name', 'shop', '--continue']);
        expect(goOn.exitCode).toBe(1);
        expectOneSentence(goOn, 'read-only');
        expect((await readOnly(world, ['--list'])).stdout).toContain('○ shop (1/2 - 50%)');
      },
    );
  });

  test.skipIf(!hasSandbox)(
    'a description of 2 MB is kept whole, and Codex gets as much of it as it accepts',
    async ({ makeWorld }) => {
      const world = await makeWorld();
      const description = 'Sell things. '.repeat(160_000);
      const path = await makeTask(world, 'shop');
      const record = { version: 1, description, created: new Date().toISOString() };
      await writeFile(join(path, 'task.json'), JSON.stringify(record));
      world.setAnswer(() => ({ kind: 'items', items: [message('That is much.')] }));
      const args = ['--headless', '--task-name', 'shop', '--continue', '--max-sessions', '1'];
      const result = await world.run(args);
      expect(result.exitCode).toBe(1);
      expectOneSentence(result, 'without writing a single step');
      expect(world.requests[0]?.prompt.length).toBeGreaterThan(900_000);
      expect(await readFile(join(path, 'task.json'), 'utf8')).toBe(JSON.stringify(record));
    },
  );

  test('a generated name that already exists gets a number', async ({ makeWorld }) => {
    const world = await makeWorld();
    await writeList(world, 'sell-things', { done: 1, total: 2 });
    const args = ['--headless', 'Sell things', '--codex', '/bin/false', '--max-sessions', '1'];
    const { exitCode, stdout } = await world.run(args);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^ℹ Generated task name: sell-things-2\n/);
  });

  test('a reader that closes the pipe is not an error', async ({ makeWorld }) => {
    const world = await makeWorld();
    await writeList(world, 'shop', { done: 1, total: 2 });
    for (const option of ['--help', '--list']) {
      const program = world.start([option]);
      program.hangUp();
      expect(await program.ended).toMatchObject({ exitCode: 0, stderr: '' });
    }
  });

  describe('started by a Node that is too old', () => {
    const old = oldNode();

    test.skipIf(old === null)(
      'the program hands over to the Node installed with it',
      async ({ makeWorld }) => {
        const world = await makeWorld();
        const node = old ?? '';
        expect(await world.run(['--version'], { node })).toMatchObject({
          exitCode: 0,
          stdout: expect.stringMatching(versionLines) as string,
          stderr: '',
        });
        expect((await world.run(['--headless', '--lst'], { node })).exitCode).toBe(2);
      },
    );

    test.skipIf(old === null)(
      'without one, it says which version is needed',
      async ({ makeWorld }) => {
        const world = await makeWorld();
        const program = await programElsewhere(world);
        const result = await world.run(['--version'], { node: old ?? '', program });
        expect(result).toMatchObject({ exitCode: 1, stdout: '' });
        expectOneSentence(result, 'needs Node 22.22 or later');
      },
    );
  });
});

function expectOneSentence({ stderr }: ProgramResult, words: string): void {
  expect(stderr).toContain(words);
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(stderr).not.toMatch(/^Error|[\u001B\u009B]|node:internal/u);
}

async function makeTask({ project }: EndToEndWorld, name: string): Promise<string> {
  const path = join(project, '.autonomous', name);
  await mkdir(path, { recursive: true, mode: 0o700 });
  return path;
}

async function writeList(
  world: EndToEndWorld,
  name: string,
  { done, total }: { done: number; total: number },
): Promise<string> {
  const path = await makeTask(world, name);
  const lines = Array.from(
    { length: total },
    (_, index) => `- [${index < done ? 'x' : ' '}] step ${index + 1}\n`,
  );
  await writeFile(join(path, 'task_list.md'), lines.join(''));
  return path;
}

async function writeThread(
  { project }: EndToEndWorld,
  name: string,
  thread: string,
): Promise<void> {
  await writeFile(join(project, '.autonomous', name, 'session.id'), `${thread}\n`);
}

/** The files of a runner that is in session 4 of a task, or was when it died. */
async function writeRecord(
  world: EndToEndWorld,
  name: string,
  more: Partial<RunRecord>,
): Promise<void> {
  const state = stateDirectory(stateHome(world.env), world.project, name);
  const { dev: device, ino: inode } = await stat(join(world.project, '.autonomous', name));
  await state.make();
  await state.writeRecord(
    recordWith({ directory: { device, inode, bornAt: null }, session: sessionWith(), ...more }),
  );
}

/** A runner that certainly lives: this process. */
async function myself(): Promise<RunRecord['runner']> {
  const identity = await identityOf(process.pid);
  if (identity === null) throw new Error('Cannot identify this process');
  return identity;
}

/** Path, size and time of every file. */
async function everyFile(directory: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(directory, { recursive: true })) {
    const { size, mtimeMs, ctimeMs } = await stat(join(directory, name));
    found.push(`${name} ${size} ${mtimeMs} ${ctimeMs}`);
  }
  return found.sort();
}

/** A copy of the program with nothing else installed, neither Codex nor Node. */
async function programElsewhere({ directory }: EndToEndWorld): Promise<string> {
  const built = join(programPath, '..');
  await cp(built, join(directory, 'program', 'dist'), { recursive: true });
  const manifest = join(built, '..', 'package.json');
  await cp(manifest, join(directory, 'program', 'package.json'));
  return join(directory, 'program', 'dist', 'autonomous-tui.js');
}

/** Root may write whatever the mode is, so the project is mounted read-only, for this one process. */
async function readOnly(world: EndToEndWorld, args: readonly string[]): Promise<ProgramResult> {
  const words = [world.project, process.execPath, programPath, ...args];
  try {
    const { stdout, stderr } = await run('unshare', ['-rm', 'sh', '-c', inReadOnly, ...words], {
      cwd: world.project,
      env: world.env,
    });
    return { stdout, stderr, exitCode: 0, signal: null };
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number };
    return { stdout, stderr, exitCode: code, signal: null };
  }
}

const inReadOnly =
  'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" && exec "$@"';

function canMountReadOnly(): boolean {
  const directory = join(programPath, '..');
  try {
    execFileSync('unshare', ['-rm', 'sh', '-c', inReadOnly, directory, 'true'], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

/** A Node on this machine that is too old, or null. */
function oldNode(): string | null {
  const directories = (process.env['PATH'] ?? '').split(delimiter);
  for (const path of [...directories, '/usr/local/bin', '/usr/bin'].map((at) => join(at, 'node'))) {
    try {
      const version = execFileSync(path, ['--version'], { encoding: 'utf8' });
      const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
      // Still older versions cannot parse the entry point.
      if (major >= 18 && (major < 22 || (major === 22 && minor < 22))) return path;
    } catch {
      // No Node here.
    }
  }
  return null;
}
