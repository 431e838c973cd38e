import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('../source/autonomous-tui.ts', import.meta.url));

/** Without a task to run, it prints its usage: all of its start, and nothing after it. */
function startWithCache(cache: string) {
  return spawnSync(process.execPath, [program, '--headless'], {
    encoding: 'utf8',
    timeout: 20_000,
    env: { PATH: process.env['PATH'], HOME: tmpdir(), XDG_CACHE_HOME: cache },
  });
}

/** A directory that was deleted while it is open: it exists, and nothing can be created in it, as below such a mount. */
function deletedDirectory(below: string): { path: string; close: () => void } {
  const root = fs.mkdtempSync(join(tmpdir(), 'deleted-'));
  const made = join(root, below);
  fs.mkdirSync(made, { recursive: true });
  const open = fs.openSync(made, 'r');
  fs.rmSync(root, { recursive: true });
  return { path: `/proc/${process.pid}/fd/${open}`, close: () => fs.closeSync(open) };
}

test.skipIf(process.platform !== 'linux')(
  'a cache directory in which nothing can be created does not hold up the start',
  () => {
    const gone = deletedDirectory('cache');
    try {
      const { status, signal, stderr } = startWithCache(gone.path);
      expect({ status, signal }).toEqual({ status: 2, signal: null });
      expect(stderr).toContain('No task is named for --headless');
    } finally {
      gone.close();
    }
  },
);

test.skipIf(process.platform !== 'linux')(
  'a cache directory that was itself deleted is not used',
  () => {
    const root = fs.mkdtempSync(join(tmpdir(), 'cache-'));
    const gone = deletedDirectory('compiled');
    try {
      fs.mkdirSync(join(root, 'autonomous-tui'));
      fs.symlinkSync(gone.path, join(root, 'autonomous-tui', 'compiled'));
      expect(startWithCache(root)).toMatchObject({ status: 2, signal: null });
    } finally {
      gone.close();
      fs.rmSync(root, { recursive: true });
    }
  },
);

test('compiled code is cached where no other user can write', () => {
  const root = fs.mkdtempSync(join(tmpdir(), 'cache-'));
  try {
    expect(startWithCache(join(root, 'deep', 'cache'))).toMatchObject({ status: 2 });
    const kept = join(root, 'deep', 'cache', 'autonomous-tui', 'compiled');
    expect(fs.statSync(kept).mode & 0o777).toBe(0o700);
    expect(fs.readdirSync(kept)).not.toEqual([]);
  } finally {
    fs.rmSync(root, { recursive: true });
  }
});
