// What a task changed, read from a real repository by the real git.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type {
  ChangedFile,
  ChangesRange,
  FileCounts,
} from '../../../source/core/changes/changes.ts';
import { changeKindOf } from '../../../source/core/changes/file-notes.ts';
import { openPatchWindow } from '../../../source/engine/changes/patch-window.ts';
import { overlapLine } from '../../../source/core/evidence/overlap.ts';
import { keepProjectCheckpoint } from '../../../source/system/checkpoint/project-checkpoints.ts';
import { readChanges, type ReadChanges } from '../../../source/system/changes/read-changes.ts';
import { beginVisit, type Visit, type VisitOrder } from '../../../source/system/changes/visit.ts';
import { projectTree } from '../../../source/system/git/project-tree.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';

vi.setConfig({ testTimeout: 240_000 });

let world: GitWorld;
const task = 'docs';

beforeEach(() => {
  world = makeGitWorld();
  world.write('.git/info/exclude', '.autonomous/\n');
});
afterEach(() => world.remove());

async function keep(moment: 'before' | 'after', session: number): Promise<void> {
  const { environment, root: project } = world;
  const { id } = await projectTree({ project, state: join(world.directory, 'own'), environment });
  const of = { project, task, environment };
  expect(await keepProjectCheckpoint(of, { session, moment, tree: id })).toBe(null);
}

const order = (): VisitOrder => ({
  project: world.root,
  task,
  environment: world.environment,
  state: join(world.directory, 'own'),
  directory: { device: 1, inode: 2, bornAt: null },
  running: null,
  checkpoints: 'on',
});

async function visit(more: Partial<VisitOrder> = {}): Promise<Visit> {
  const begun = await beginVisit({ ...order(), ...more });
  if ('problem' in begun) throw new Error(begun.problem);
  return begun;
}

async function changes(range: ChangesRange, begun?: Visit): Promise<ReadChanges> {
  const read = await readChanges(begun ?? (await visit()), world.root, range);
  if ('problem' in read) throw new Error(read.problem);
  return read;
}

async function countsOf(read: ReadChanges): Promise<Map<string, FileCounts>> {
  const found = new Map<string, FileCounts>();
  let stop = (): void => {};
  await new Promise<void>((resolve) => {
    if (read.files.length === 0) return resolve();
    stop = read.count((counts) => {
      for (const [path, count] of counts) found.set(path, count);
      if (found.size === read.files.length) resolve();
    });
  });
  stop();
  return found;
}

const signs = { hunk: '', note: '; ', added: '+', removed: '-', same: ' ' };

/** Each line with its sign and its number. */
async function linesOf(read: ReadChanges, file: ChangedFile): Promise<string[]> {
  const patch = read.patch(file);
  const lines: string[] = [];
  for (;;) {
    const more = await patch.read();
    if (more === null) return lines;
    lines.push(...more.map(({ kind, text, number }) => `${number ?? ''}${signs[kind]}${text}`));
  }
}

const kindsOf = ({ files }: ReadChanges): string[] =>
  files.map((file) => {
    const from = file.renamedFrom === null ? '' : ` from ${file.renamedFrom}`;
    return `${changeKindOf(file)} ${file.label}${from}`;
  });

const session = (number: number): ChangesRange => ({ kind: 'session', session: number });

test('each file has what became of it, its counts, and its lines with their numbers', async () => {
  world.write('long.txt', Array.from({ length: 30 }, (_, at) => `line ${at + 1}\n`).join(''));
  world.write('gone.txt', 'one\ntwo');
  world.write('run.sh', 'echo\n');
  world.write('logo.png', Buffer.from([0, 1, 2]));
  await keep('before', 1);
  const long = Array.from({ length: 30 }, (_, at) => `line ${at + 1}\n`);
  fs.rmSync(join(world.root, 'long.txt'));
  world.write('moved.txt', [...long.slice(0, 19), 'other\n', ...long.slice(20)].join(''));
  fs.rmSync(join(world.root, 'gone.txt'));
  fs.chmodSync(join(world.root, 'run.sh'), 0o755);
  world.write('logo.png', Buffer.from([0, 1, 2, 3]));
  world.write('made.txt', 'first\n\tsecond\n');
  world.write('kept.txt', 'text\nmore');
  fs.symlinkSync('kept.txt', join(world.root, 'link'));
  await keep('after', 1);

  const read = await changes(session(1));
  expect(kindsOf(read)).toEqual([
    'deleted gone.txt',
    'changed kept.txt',
    'new link',
    'changed logo.png',
    'new made.txt',
    'renamed moved.txt from long.txt',
    'changed run.sh',
  ]);
  const counts = await countsOf(read);
  expect([...counts]).toEqual([
    ['gone.txt', { kind: 'lines', added: 0, removed: 2 }],
    ['kept.txt', { kind: 'lines', added: 1, removed: 0 }],
    ['link', { kind: 'lines', added: 1, removed: 0 }],
    ['made.txt', { kind: 'lines', added: 2, removed: 0 }],
    ['moved.txt', { kind: 'lines', added: 1, removed: 1 }],
    ['run.sh', { kind: 'lines', added: 0, removed: 0 }],
    ['logo.png', { kind: 'binary', before: 3, after: 4 }],
  ]);
  const lines = await Promise.all(read.files.map((file) => linesOf(read, file)));
  expect(lines).toEqual([
    ['; Deleted', '1-one', '2-two', '; No newline at end of file'],
    ['@@ -1 +1,2 @@', '1 text', '2+more', '; No newline at end of file'],
    ['; New link', '1+kept.txt', '; No newline at end of file'],
    ['; A binary file: there are no lines to show'],
    ['; New', '1+first', '2+\tsecond'],
    [
      '; Renamed from long.txt',
      '@@ -17,7 +17,7 @@ line 16',
      '17 line 17',
      '18 line 18',
      '19 line 19',
      '20-line 20',
      '20+other',
      '21 line 21',
      '22 line 22',
      '23 line 23',
    ],
    ['; Can be executed now'],
  ]);
});

test('a hostile name or line reaches no terminal, and nothing that the repository names runs', async () => {
  const program = world.planted();
  for (const [key, value] of [
    ['diff.external', program],
    ['diff.evil.command', program],
    ['diff.evil.textconv', program],
    ['core.fsmonitor', program],
    ['core.pager', program],
    ['filter.evil.clean', program],
  ] as const) {
    world.git('config', key, value);
  }
  await keep('before', 1);
  world.write('.gitattributes', '* diff=evil\n');
  const name = 'bad\u001B]52;c;aGk=\u0007\nname\u202E';
  world.write(name, 'a\u001B[2Jb\rc\u009B1m\n');
  world.write('--output=x', 'dashes\n');
  fs.writeFileSync(Buffer.from('not-\xFF-text', 'latin1'), '', { flag: 'a' });
  fs.rmSync(Buffer.from('not-\xFF-text', 'latin1'));
  fs.writeFileSync(
    Buffer.concat([Buffer.from(`${world.root}/`), Buffer.from('not-\xFF-text', 'latin1')]),
    'odd\n',
  );
  await keep('after', 1);
  world.ran();
  const read = await changes(session(1));
  expect(kindsOf(read)).toEqual([
    'new --output=x',
    'new .gitattributes',
    'new bad name<202E>',
    'new not-\uFFFD-text',
  ]);
  await countsOf(read);
  const lines = await Promise.all(read.files.map((file) => linesOf(read, file)));
  expect(lines).toEqual([
    ['; New', '1+dashes'],
    ['; New', '1+* diff=evil'],
    ['; New', '1+ab c'],
    ['; New', '1+odd'],
  ]);
  // Compared with something, too.
  world.write(name, 'a\u001B[2Jb\u009B1m\n');
  await keep('after', 2);
  const second = await changes(session(2));
  expect(await linesOf(second, second.files[0]!)).toEqual(['@@ -1 +1 @@', '1-ab c', '1+ab']);
  expect(world.ran()).toBe(false);
});

describe('a range', () => {
  test('is a session, what changed since the last look, or the whole task; the running one goes so far as it got', async () => {
    await keep('before', 1);
    world.write('first.txt');
    await keep('after', 1);
    world.write('users.txt');
    await keep('before', 2);
    world.write('second.txt');
    await keep('after', 2);
    const first = await visit();
    expect(first.ranges).toEqual([session(1), session(2), { kind: 'task' }]);
    expect(first.lookedAt).toBe(null);
    expect(kindsOf(await changes(session(2), first))).toEqual(['new second.txt']);
    expect(kindsOf(await changes({ kind: 'task' }, first))).toEqual([
      'new first.txt',
      'new second.txt',
      'new users.txt',
    ]);
    await first.looked(1000);
    world.write('third.txt');
    await keep('before', 3);
    world.write('fourth.txt');
    const second = await visit({ running: { number: 3, overlap: null } });
    expect(second.ranges).toEqual([
      session(1),
      session(2),
      session(3),
      { kind: 'since' },
      { kind: 'task' },
    ]);
    expect(second.lookedAt).toBe(1000);
    expect(kindsOf(await changes(session(3), second))).toEqual(['new fourth.txt']);
    expect(kindsOf(await changes({ kind: 'since' }, second))).toEqual([
      'new fourth.txt',
      'new third.txt',
    ]);
    // The mark is of the task in this directory, not of its name.
    const other = await visit({ directory: { device: 1, inode: 3, bornAt: null } });
    expect(other.lookedAt).toBe(null);
  });

  test('since a look that git has removed begins at the checkpoint before it', async () => {
    await keep('before', 1);
    world.write('first.txt');
    await keep('after', 1);
    world.write('unkept.txt');
    const first = await visit();
    await changes({ kind: 'task' }, first);
    await first.looked(1000);
    world.git('gc', '-q', '--prune=now');
    expect(kindsOf(await changes({ kind: 'since' }))).toEqual(['new unkept.txt']);
  });

  test('without checkpoints says why there are none, and what to do', async () => {
    const problem = async (more: Partial<VisitOrder>): Promise<string> => {
      const begun = await beginVisit({ ...order(), ...more });
      return 'problem' in begun ? begun.problem : '';
    };
    expect(await problem({})).toBe(
      'docs has no checkpoint yet: one is kept before its first session',
    );
    expect(await problem({ checkpoints: 'off' })).toMatch(/"checkpoints": "off".* set it to "on"/);
    expect(await problem({ running: { number: 1, overlap: null } })).toMatch(/its log says why/);
    fs.rmSync(join(world.root, '.git'), { recursive: true });
    expect(await problem({})).toMatch(/not in a git repository.* run git init/);
  });
});

test('where another task worked in the same files, only what a session’s own log names counts as its own', async () => {
  const overlap = { from: 100, to: 200, others: ['shop'] };
  const overlaps = join(world.directory, 'own', 'overlaps.jsonl');
  const byOf = ({ files, sharedWith }: ReadChanges) => ({
    sharedWith,
    files: files.map(({ label, meanwhile }) => `${label} ${meanwhile ?? 'own'}`),
  });
  await keep('before', 1);
  for (const path of ['named', 'unnamed', 'later', '.autonomous/docs/progress.md'])
    world.write(path);
  await keep('after', 1);
  const { directory } = order();
  const line = overlapLine({ ...overlap, session: 1, files: ['named'] }, directory!);
  fs.appendFileSync(overlaps, `${line}${line.slice(0, 20)}\n`);
  await keep('before', 2);
  world.write('later', 'changed\n');
  await keep('after', 2);
  await keep('before', 3);
  world.write('running');
  expect(byOf(await changes(session(1)))).toEqual({
    sharedWith: 'shop',
    files: ['later shop', 'named own', 'unnamed shop', '.autonomous/docs/progress.md own'],
  });
  expect(byOf(await changes(session(2)))).toEqual({ sharedWith: null, files: ['later own'] });
  // The session that had the files for itself makes it the task's.
  const running = { number: 3, overlap: { ...overlap, session: 3, others: ['a', 'b'], files: [] } };
  const now = await visit({ running });
  expect(byOf(await changes({ kind: 'task' }, now))).toEqual({
    sharedWith: 'shop or others',
    files: [
      'later own',
      'named own',
      'running a or b',
      'unnamed shop',
      '.autonomous/docs/progress.md own',
    ],
  });
  const other = await visit({ directory: { device: 1, inode: 3, bornAt: null } });
  expect(byOf(await changes(session(1), other)).sharedWith).toBe(null);
});

test('of a patch of a hundred megabytes only what is looked at is read, and little is held', async () => {
  const count = 400_000;
  const text = (end: string): string =>
    Array.from(
      { length: count },
      (_, at) => `line ${at} ${'with a few more words '.repeat(4)}in ${end}\n`,
    ).join('');
  world.write('big.txt', text('a longer line'));
  await keep('before', 1);
  world.write('big.txt', text('another line'));
  world.write('new.txt', text('another line'));
  world.write('wide.txt', 'x'.repeat(20_000_000));
  await keep('after', 1);
  const read = await changes(session(1));
  const [big, added, wide] = read.files;
  let opened = 0;
  const windowOn = (file: ChangedFile) =>
    openPatchWindow({
      path: file.path,
      open: () => {
        opened++;
        return read.patch(file);
      },
      onChange: () => {},
    });
  const until = async (isSeen: () => boolean): Promise<void> =>
    vi.waitFor(() => expect(isSeen()).toBe(true), { timeout: 60_000, interval: 5 });
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = (): number => {
    collect();
    const { arrayBuffers, heapUsed } = process.memoryUsage();
    return arrayBuffers + heapUsed;
  };

  for (const file of [big!, added!]) {
    opened = 0;
    const before = held();
    const window = windowOn(file);
    window.look(0, 50);
    await until(() => (window.snapshot()?.lines.length ?? 0) > 100);
    expect(window.snapshot()).toMatchObject({ from: 0, total: null });
    expect(window.snapshot()!.lines.length).toBeLessThan(10_000);
    window.look(Infinity, 50);
    await until(() => window.snapshot()?.total != null);
    expect(window.snapshot()!.total).toBe(file === big ? 2 * count + 1 : count + 1);
    expect(window.snapshot()!.lines.at(-1)).toMatchObject({ kind: 'added', number: count });
    expect(held() - before).toBeLessThan(40_000_000);
    // And back: git begins again.
    window.look(10, 50);
    await until(() => window.snapshot()?.from === 0 && window.snapshot()!.lines.length > 10);
    expect([opened, window.snapshot()!.lines[10]?.number]).toEqual([2, 10]);
    window.close();
  }

  // One line of twenty megabytes is cut.
  const patch = read.patch(wide!);
  const found = [...(await patch.read())!, ...(await patch.read())!];
  expect(found[1]?.text.length).toBe(4000);
  patch.close();
  // Git would take gigabytes to count them.
  expect([...(await countsOf(read)).values()].map(({ kind }) => kind)).toEqual([
    'large',
    'large',
    'large',
  ]);
});
