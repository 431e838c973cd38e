import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listingDeps, readingDeps } from '../../../source/cli/deps/reading-deps.ts';
import { taskLine } from '../../../source/cli/print/list-lines.ts';
import type { GivenInPlace } from '../../../source/core/hub/given-in-place.ts';
import type { RunRecord } from '../../../source/core/run/record.ts';
import type { TaskView } from '../../../source/core/task/board.ts';
import { linkedTask } from '../../../source/core/task/task.ts';
import { readTaskView } from '../../../source/engine/tasks/task-reading.ts';
import { taskFingerprint } from '../../../source/system/state/fingerprint.ts';
import { stateDirectory } from '../../../source/system/state/state-directory.ts';
import { ofHub } from '../../../source/system/state/of-hub.ts';
import { stateSnapshot } from '../../../source/system/state/state-snapshot.ts';
import { taskDirectory } from '../../../source/system/state/task-directory.ts';
import { logPathForReading, taskSnapshot } from '../../../source/system/state/task-snapshot.ts';
import { recordWith, sessionWith, someThread } from '../../helpers/run-records.ts';
import { listJson } from '../../../source/cli/print/list-json.ts';

const someTime = 1_000_000_000;
let now: number;

let directory: string;
let project: string;
let home: string;
let living: Set<number>;
let stopped: Set<number>;

beforeEach(() => {
  now = someTime;
  directory = fs.mkdtempSync(join(tmpdir(), 'task-reading-'));
  project = join(directory, 'project');
  home = join(directory, 'state');
  living = new Set();
  stopped = new Set();
});

afterEach(() => fs.rmSync(directory, { recursive: true }));

const pathOf = (name: string, ...file: string[]): string =>
  join(project, '.autonomous', name, ...file);

/** To a hub, from its project. */
const given: GivenInPlace = {
  key: 'task.laptop./shop.docs',
  offer: {
    ...{ description: 'Write the docs', model: null, review: null, checks: null },
    ...{ remote: null, id: 'id', pinned: 'laptop' },
  },
};

function makeTask(name: string, files: Readonly<Record<string, string>> = {}): void {
  fs.mkdirSync(pathOf(name), { recursive: true });
  for (const [file, content] of Object.entries(files)) {
    fs.writeFileSync(pathOf(name, file), content);
  }
}

async function record(name: string, more: Partial<RunRecord> = {}): Promise<void> {
  const state = stateDirectory(home, project, name);
  const identity = await taskDirectory(project, name).identity();
  if (identity === null) throw new Error('there is no such task');
  await state.make();
  await state.writeRecord(recordWith({ directory: identity, ...more }));
}

const view = (name = 'docs'): Promise<TaskView> =>
  readTaskView(
    {
      task: (task) => taskSnapshot(project, task),
      state: (task) => stateSnapshot(stateDirectory(home, project, task).path),
      isOfHub: (task) => ofHub(home, project, task) !== null,
      lifeOf: ({ pid }) =>
        Promise.resolve(stopped.has(pid) ? 'stopped' : living.has(pid) ? 'running' : 'gone'),
      bootId: 'boot',
      now: () => now,
    },
    name,
  );

const list = '## Phase\n- [x] one\n- [ ] two (blocked: no key)\n- [ ] three\n';

describe('a task that never ran', () => {
  test('shows its steps, the next one, and its conversation', async () => {
    makeTask('docs', { 'task_list.md': list, 'session.id': `${someThread}\n` });
    expect(await view()).toMatchObject({
      name: 'docs',
      label: 'docs',
      valid: true,
      state: { word: 'idle' },
      done: 1,
      total: 3,
      hasList: true,
      nextStep: { number: 3, text: 'three' },
      threadId: someThread,
      session: null,
      runnerPid: null,
      sandbox: null,
      orphaned: false,
      problem: null,
    });
  });

  test('may have no list, or one without steps', async () => {
    makeTask('docs');
    expect(await view()).toMatchObject({ hasList: false, state: { word: 'no list' } });
    makeTask('docs', { 'task_list.md': 'later' });
    expect(await view()).toMatchObject({ hasList: true, total: 0, state: { word: 'no list' } });
  });

  test('takes its last activity from its log', async () => {
    makeTask('docs', { 'session.log': '{}\n' });
    fs.utimesSync(pathOf('docs', 'session.log'), 5, 7);
    expect((await view()).lastWorkedAt).toBe(7000);
  });

  test('with an invalid session.id has no conversation', async () => {
    makeTask('docs', { 'session.id': '--last\n' });
    expect((await view()).threadId).toBeNull();
  });
});

describe('a name of date and time', () => {
  const dated = 'task-20261127-171335';
  const describedAs = (description: string): string =>
    JSON.stringify({ version: 1, description, created: '2026-11-27T17:13:35.000Z' });

  test.each([
    ['建一个商店', '建一个商店'],
    ['  Φτιάξε ένα κατάστημα\nμε καλάθι', 'Φτιάξε ένα κατάστημα με καλάθι'],
    ['🛒 🎉', '🛒 🎉'],
    ['\u001B[31mред\u0007', 'ред'],
    ['建'.repeat(500), `${'建'.repeat(39)}…`],
  ])('shows the first words of the goal beside it: %j', async (description, goal) => {
    makeTask(dated, { 'task.json': describedAs(description), 'task_list.md': list });
    const seen = await view(dated);
    expect(seen.goal).toBe(goal);
    expect(taskLine(seen, now)).toBe(`  ○ ${dated} (1/3 - 33%) · “${goal}”`);
  });

  test('has none without a task.json that can be read', async () => {
    makeTask(dated);
    expect((await view(dated)).goal).toBeNull();
    makeTask(`${dated}-2`, { 'task.json': '{' });
    expect((await view(`${dated}-2`)).goal).toBeNull();
  });

  test('is the only one: other names say what the goal is', async () => {
    makeTask('build-shop', { 'task.json': describedAs('Build a shop') });
    expect((await view('build-shop')).goal).toBeNull();
  });
});

describe('a link in place of a task directory', () => {
  const listed = async (name: string): Promise<TaskView> => {
    const deps = listingDeps({ project, home });
    try {
      expect(deps.names()).toContain(name);
      return await readTaskView(deps, name, 'for a line');
    } finally {
      deps.close();
    }
  };

  test.each([
    ['to a directory', 'link', '../../elsewhere'],
    ['to another task', 'link', 'docs'],
    ['to nothing', 'link', 'gone'],
    ['to itself', 'link', 'link'],
    ['to a file', 'link', 'docs/task_list.md'],
    ['whose name is not valid', 'my\u001B[31m link', '../../elsewhere'],
  ])('%s is not usable, with the reason, and nothing is read through it', async (_to, name, to) => {
    makeTask('docs', { 'task_list.md': list });
    fs.mkdirSync(join(directory, 'elsewhere'));
    for (const file of ['task_list.md', 'session.id', 'session.log']) {
      fs.writeFileSync(join(directory, 'elsewhere', file), `- [ ] secret\n`);
    }
    fs.symlinkSync(to, pathOf(name));
    for (const seen of [await view(name), await listed(name)]) {
      expect(seen).toMatchObject({
        valid: false,
        mend: null,
        problem: linkedTask,
        hasList: false,
        threadId: null,
        archivedAt: null,
        lastWorkedAt: null,
      });
      const line = taskLine(seen, now);
      expect(line).toMatch(/^ {2}\? (?:link|my.* link) \(a symbolic link: [^)]*\)$/u);
      expect(JSON.parse(listJson(project, [seen]))).toMatchObject({
        tasks: [{ valid: false, problem: linkedTask, mend: null }],
      });
    }
    // A reader of its log is refused at the link itself.
    expect(logPathForReading(project, name)).toBe(pathOf(name));
  });

  test('becomes a task when the directory itself is there', async () => {
    fs.mkdirSync(join(project, '.autonomous'), { recursive: true });
    fs.symlinkSync('gone', pathOf('docs'));
    const before = taskFingerprint(pathOf('docs'), null);
    expect(before).not.toBeNull();
    fs.unlinkSync(pathOf('docs'));
    makeTask('docs', { 'task_list.md': list });
    expect(taskFingerprint(pathOf('docs'), null)).not.toBe(before);
    expect(await view()).toMatchObject({ valid: true, problem: null, total: 3 });
  });
});

describe('a task whose runner is alive', () => {
  test('shows run, runner, session and sandbox', async () => {
    makeTask('docs', { 'task_list.md': list });
    await record('docs', { sandbox: 'danger-full-access', pause: 'after session' });
    living.add(4242);
    expect(await view()).toMatchObject({
      state: { word: 'running', reason: 'pauses after this session' },
      runnerPid: 4242,
      run: '2f0c',
      sandbox: 'danger-full-access',
      pausesAfterSession: true,
      session: { number: 4, role: 'executor', startedAt: 1000, endedAt: null },
      orphaned: false,
    });
  });
});

describe('a task that is being started', () => {
  const bornAt = (name: string): number => fs.statSync(pathOf(name)).birthtimeMs;

  test('is starting as soon as its runner has made its directories', async () => {
    makeTask('docs');
    await stateDirectory(home, project, 'docs').make();
    now = bornAt('docs') + 9999;
    expect((await view()).state.word).toBe('starting');
    now = bornAt('docs') + 10_000;
    expect((await view()).state.word).toBe('no list');
  });

  test('is not starting if a worker of its hub begins it', async () => {
    makeTask('docs');
    const state = stateDirectory(home, project, 'docs');
    await state.make();
    now = bornAt('docs');
    const identity = (await taskDirectory(project, 'docs').identity())!;
    await state.writeGiven(given, identity);
    const reason = 'a worker of its hub begins it';
    expect((await view()).state).toMatchObject({ word: 'no list', reason });
  });

  test('is not starting if its directory was made by hand', async () => {
    makeTask('docs');
    now = bornAt('docs');
    expect((await view()).state.word).toBe('no list');
  });
});

test('a runner that is stopped by a signal makes its task need you', async () => {
  makeTask('docs', { 'task_list.md': list });
  await record('docs');
  stopped.add(4242);
  expect(await view()).toMatchObject({
    state: { word: 'needs you', reason: expect.stringContaining('kill -CONT 4242') as string },
    runnerPid: 4242,
    runnerIsStopped: true,
  });
});

describe('a running session', () => {
  const minute = 60_000;
  const notes = [1, 2, 2, 4].map((ago, index) => `${index} ${someTime - ago * minute}\n`).join('');

  beforeEach(async () => {
    makeTask('docs', { 'task_list.md': list });
    await record('docs');
    const state = stateDirectory(home, project, 'docs');
    await state.noteFiles('"src/a.ts"\n"src/b\\u001b[2J.ts"\n');
    fs.writeFileSync(join(state.path, 'session.times'), notes);
    living.add(4242);
  });

  test('shows its changed files and its activity', async () => {
    expect(await view()).toMatchObject({
      changedFiles: ['src/a.ts', 'src/b.ts'],
      activity: [1, 0, 2, 1],
    });
  });

  test('shows neither after its end, nor when its runner is gone', async () => {
    living.clear();
    expect(await view()).toMatchObject({ changedFiles: [], activity: [] });
    living.add(4242);
    await record('docs', {
      session: sessionWith({ ended: { at: 5, outcome: 'completed', copy: null } }),
    });
    expect(await view()).toMatchObject({ changedFiles: [], activity: [] });
  });
});

describe('a task whose runner vanished without an ending', () => {
  beforeEach(() => makeTask('docs', { 'task_list.md': list }));

  test('is interrupted and may be recovered', async () => {
    await record('docs');
    expect(await view()).toMatchObject({
      state: { word: 'interrupted' },
      orphaned: true,
      runnerPid: null,
      run: null,
      sandbox: null,
      pausesAfterSession: false,
    });
  });

  test('before a restart of the machine may not be recovered: nothing starts by itself then', async () => {
    await record('docs', { runner: { pid: 4242, startTime: '777', bootId: 'another' } });
    expect(await view()).toMatchObject({ state: { word: 'interrupted' }, orphaned: false });
  });

  test('and that was given to a hub is its worker’s to continue', async () => {
    await record('docs');
    const state = stateDirectory(home, project, 'docs');
    const identity = (await taskDirectory(project, 'docs').identity())!;
    await state.writeGiven(given, identity);
    const reason = 'a worker of its hub goes on';
    expect(await view()).toMatchObject({
      state: { word: 'interrupted', reason },
      orphaned: false,
    });
    // In a project that was moved it is this machine's alone: no worker would find it.
    const moved = join(directory, 'moved');
    fs.renameSync(project, moved);
    const found = await readTaskView(readingDeps({ home, project: moved }), 'docs');
    expect(found.state.word).toBe('interrupted');
    expect(found.state.reason).not.toBe(reason);
    fs.renameSync(moved, project);
    expect(await view()).toMatchObject({ state: { reason } });
    // Another directory is another task.
    const elsewhere = { ...identity, inode: identity.inode + 1 };
    await state.writeGiven(given, elsewhere);
    expect(await view()).toMatchObject({ state: { reason: null }, orphaned: true });
  });

  test('in the clone of a worker is the worker’s to continue', async () => {
    // The way to the state may lead over a link, and the project is a real path.
    fs.mkdirSync(join(directory, 'elsewhere', 'shared', '1a2b'), { recursive: true });
    fs.symlinkSync('elsewhere', home);
    const clone = join(fs.realpathSync(home), 'shared', '1a2b', 'project');
    fs.renameSync(project, clone);
    project = clone;
    await record('docs');
    const reason = 'a worker of its hub goes on';
    expect(await view()).toMatchObject({
      state: { word: 'interrupted', reason },
      orphaned: false,
    });
    // Its own place beside it is not a clone.
    project = join(fs.realpathSync(home), 'shared-docs');
    fs.renameSync(clone, project);
    await record('docs');
    expect(await view()).toMatchObject({ state: { reason: null }, orphaned: true });
  });

  test('three times in ten minutes may not be recovered until the ten minutes are over', async () => {
    const minute = 60_000;
    await record('docs', { takenUpAt: [now - 9 * minute, now - 5 * minute, now - minute] });
    expect((await view()).orphaned).toBe(false);
    await record('docs', { takenUpAt: [now - 11 * minute, now - 5 * minute, now - minute] });
    expect((await view()).orphaned).toBe(true);
  });
});

describe('a task whose run has ended', () => {
  test('shows the ending, and takes its last activity from the end of the last session', async () => {
    makeTask('docs', { 'task_list.md': list, 'session.log': '{}\n' });
    const session = sessionWith({ ended: { at: 5000, outcome: 'completed', copy: null } });
    const ending = { kind: 'failed', sentence: 'the disk is full', at: 6000 } as const;
    await record('docs', { phase: 'ended', session, ending });
    // The pid may belong to another process by now.
    living.add(4242);
    expect(await view()).toMatchObject({
      state: { word: 'failed', reason: 'the disk is full' },
      session: { endedAt: 5000 },
      lastWorkedAt: 5000,
      runnerPid: null,
      orphaned: false,
    });
  });

  test('keeps its tokens', async () => {
    makeTask('docs');
    const usage = { ...recordWith().usage, inputTokens: 7 };
    await record('docs', { usage });
    expect((await view()).usage).toEqual(usage);
  });
});

test('a ticked list in a directory that was put in the place of a running task’s is not done', async () => {
  const ticked = { 'task_list.md': '- [x] one\n' };
  makeTask('docs', ticked);
  await record('docs');
  fs.renameSync(pathOf('docs'), pathOf('old'));
  makeTask('docs', ticked);
  expect((await view()).state).toMatchObject({
    word: 'interrupted',
    reason: expect.stringContaining('another directory was put in its place') as string,
  });
  // Its run had ended: what stands there now is another task.
  fs.rmSync(pathOf('docs'), { recursive: true });
  fs.renameSync(pathOf('old'), pathOf('docs'));
  await record('docs', { ending: { kind: 'paused', sentence: null, at: 1 } });
  fs.renameSync(pathOf('docs'), pathOf('old'));
  makeTask('docs', ticked);
  expect((await view()).state.word).toBe('done');
});

test('a record made for another directory of the same name does not count', async () => {
  makeTask('docs', { 'task_list.md': list });
  const identity = (await taskDirectory(project, 'docs').identity())!;
  for (const directory of [
    { ...identity, inode: identity.inode + 1 },
    { ...identity, device: identity.device + 1 },
    // Created anew, with the inode of the deleted one.
    { ...identity, bornAt: (identity.bornAt ?? 0) - 1 },
  ]) {
    await record('docs', { directory });
    expect(await view()).toMatchObject({ state: { word: 'idle' }, usage: null, session: null });
  }
});

test('an unreadable record counts as none', async () => {
  makeTask('docs', { 'task_list.md': list });
  await record('docs');
  fs.writeFileSync(join(stateDirectory(home, project, 'docs').path, 'run.json'), '{"version":1');
  expect((await view()).state.word).toBe('idle');
});

describe('untrusted names and texts', () => {
  const odd = 'my \u001b[31mtask\u0007';

  test('an invalid name is listed safely, with the command that fixes it', async () => {
    makeTask(odd, { 'task_list.md': list });
    const seen = await view(odd);
    expect(seen).toMatchObject({ name: odd, valid: false, done: 1, total: 3 });
    expect(seen.label + String(seen.mend)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    expect(seen.mend).toBe(
      String.raw`mv -- $'.autonomous/my \033[31mtask\007' .autonomous/31mtask`,
    );
  });

  test('the command that fixes a name never uses an existing task: mv would move into it', async () => {
    makeTask('a task');
    makeTask('task');
    makeTask('task-2');
    expect((await view('a task')).mend).toBe("mv -- '.autonomous/a task' .autonomous/task-3");
  });

  test('a name without a usable word gets a default one', async () => {
    makeTask('…');
    expect((await view('…')).mend).toBe("mv -- '.autonomous/…' .autonomous/renamed-task");
  });

  test('escape sequences in a step or a reason are removed', async () => {
    makeTask('docs', { 'task_list.md': '- [ ] \u001b]0;evil\u0007step\n' });
    const wait = { reason: 'why \u001b[2Jnot', until: null };
    await record('docs', { phase: 'waiting', wait });
    living.add(4242);
    const seen = await view();
    expect(JSON.stringify([seen.nextStep, seen.state])).not.toMatch(/\\u00/);
    expect(seen.nextStep?.text).toContain('step');
    expect(seen.state.reason).toContain('why');
  });
});

test('a list that is not a plain file is a problem of this one task', async () => {
  makeTask('docs');
  fs.symlinkSync('/etc/passwd', pathOf('docs', 'task_list.md'));
  expect(await view()).toMatchObject({
    hasList: false,
    total: 0,
    problem: expect.stringMatching(/task_list\.md.* symbolic link/) as string,
  });
});

test('reading changes no file', async () => {
  makeTask('docs', { 'task_list.md': list, 'session.log': '{}', 'session.id': 'x' });
  await record('docs');
  const stamps = () =>
    [pathOf('docs'), stateDirectory(home, project, 'docs').path].flatMap((path) =>
      ['.', ...fs.readdirSync(path)].map((name) => {
        const { ino, size, mtimeMs, ctimeMs } = fs.lstatSync(join(path, name));
        return [name, ino, size, mtimeMs, ctimeMs];
      }),
    );
  const before = stamps();
  await view();
  expect(stamps()).toEqual(before);
});
