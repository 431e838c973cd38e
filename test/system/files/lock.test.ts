import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LockError, takeLock } from '../../../source/system/files/lock.ts';

// Real processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let directory: string;
let path: string;
let children: ChildProcess[];

beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), 'lock-'));
  path = join(directory, 'lock');
  children = [];
});

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  fs.rmSync(directory, { recursive: true, force: true });
});

const lockModule = new URL('../../../source/system/files/lock.ts', import.meta.url).href;

/** A separate process that may use `takeLock`, `path` and `fs`. */
function child(script: string): ChildProcess {
  const text = `
    import * as fs from 'node:fs';
    const { takeLock } = await import(${JSON.stringify(lockModule)});
    const path = ${JSON.stringify(path)};
    ${script}`;
  const started = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', text], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(started);
  return started;
}

async function said(by: ChildProcess): Promise<string> {
  const [line] = (await once(createInterface(by.stdout!), 'line')) as [string];
  return line;
}

const holder = (): ChildProcess =>
  child(`await takeLock(path, 10_000); console.log('held'); setInterval(() => {}, 1000);`);

test('one process holds it, another gets null, and the next one gets it after the release', async () => {
  const first = await takeLock(path, 0);
  expect(fs.statSync(path).mode & 0o777).toBe(0o600);
  expect(await takeLock(path, 0)).toBeNull();
  const waiting = takeLock(path, 5000);
  first?.release();
  const second = await waiting;
  expect(second).not.toBeNull();
  second?.release();
});

test('it ends with its holder under kill -9, at once and every time', async () => {
  for (let round = 0; round < 5; round++) {
    const process = holder();
    expect(await said(process)).toBe('held');
    expect(await takeLock(path, 0)).toBeNull();
    process.kill('SIGKILL');
    await once(process, 'exit');
    const lock = await takeLock(path, 0);
    expect(lock).not.toBeNull();
    lock?.release();
  }
});

test('a holder that is stopped still holds it', async () => {
  const process = holder();
  await said(process);
  process.kill('SIGSTOP');
  expect(await takeLock(path, 100)).toBeNull();
});

test('two processes that take turns never both hold it, even if some are killed', async () => {
  // The holder leaves its pid there; finding a living one breaks the law.
  const inside = join(directory, 'inside');
  const taking = (holds: number) =>
    child(`
      const inside = ${JSON.stringify(inside)};
      const lives = (pid) => { try { process.kill(pid, 0); return true; } catch { return false; } };
      for (let hold = 0; hold < ${holds}; hold++) {
        const lock = await takeLock(path, 30_000);
        if (lock === null) throw new Error('never got it');
        const other = Number(fs.existsSync(inside) ? fs.readFileSync(inside, 'utf8') : 0);
        if (other > 0 && lives(other)) { console.log('both inside'); process.exit(1); }
        fs.writeFileSync(inside, String(process.pid));
        if (hold % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
        fs.rmSync(inside);
        lock.release();
      }
      console.log('fine');`);
  const workers = [taking(40), taking(40)];
  const words = workers.map(said);
  for (let round = 0; round < 3; round++) {
    const victim = holder();
    expect(await said(victim)).toBe('held');
    victim.kill('SIGKILL');
  }
  expect(await Promise.all(words)).toEqual(['fine', 'fine']);
});

test('a copy of its file, made while it is held, is a different lock', async () => {
  const first = await takeLock(path, 0);
  fs.copyFileSync(path, join(directory, 'copy'));
  const copy = await takeLock(join(directory, 'copy'), 0);
  expect(copy).not.toBeNull();
  copy?.release();
  first?.release();
});

describe('what is not a lock file', () => {
  test.each([
    ['a symbolic link', () => fs.symlinkSync(join(directory, 'elsewhere'), path)],
    ['a directory', () => fs.mkdirSync(path)],
    [
      'a file with a second name',
      () => {
        fs.writeFileSync(path, '');
        fs.linkSync(path, join(directory, 'second'));
      },
    ],
  ])('%s is refused, and nothing is created elsewhere', async (_what, make) => {
    make();
    const before = fs.readdirSync(directory);
    await expect(takeLock(path, 0)).rejects.toThrow(LockError);
    await expect(takeLock(path, 0)).rejects.toThrow(
      /is not a plain file: remove it and start again/,
    );
    expect(fs.readdirSync(directory)).toEqual(before);
  });

  test('a file made by another program is an error that says what to do', async () => {
    fs.writeFileSync(path, 'this is no database, and long enough to be seen as none. '.repeat(20));
    await expect(takeLock(path, 0)).rejects.toThrow(LockError);
    await expect(takeLock(path, 0)).rejects.toThrow(/remove it while no task is running$/);
  });

  test('a missing directory is an error that names it', async () => {
    await expect(takeLock(join(directory, 'nowhere', 'lock'), 0)).rejects.toThrow(
      /ENOENT.*nowhere/,
    );
  });
});
