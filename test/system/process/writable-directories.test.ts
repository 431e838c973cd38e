import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pathOutside } from '../../../source/system/process/codex-path.ts';
import {
  directoryAround,
  whyChangeable,
  writableDirectories,
} from '../../../source/system/process/writable-directories.ts';

let root: string;

beforeEach(() => {
  root = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'writable-')));
  for (const name of ['project', 'data', 'tools']) fs.mkdirSync(join(root, name));
});

afterEach(() => fs.rmSync(root, { recursive: true }));

const at = (...parts: string[]): string => join(root, ...parts);

test('a session may write the project, the temporary directories and the roots of the configuration', async () => {
  fs.symlinkSync(at('data'), at('link'));
  const environment = { TMPDIR: at('tools') };
  const found = await writableDirectories(at('project'), environment, [at('link'), at('later')]);
  expect(found[0]).toBe(at('project'));
  expect(found).toEqual(
    expect.arrayContaining([fs.realpathSync('/tmp'), at('tools'), at('data'), at('later')]),
  );
});

test('a path is in a directory by its name or by what it leads to', async () => {
  fs.symlinkSync(at('data'), at('tools', 'out'));
  fs.symlinkSync(at('tools'), at('data', 'in'));
  expect(await directoryAround(at('tools', 'out'), [at('data')])).toBe(at('data'));
  expect(await directoryAround(at('data', 'in'), [at('data')])).toBe(at('data'));
  expect(await directoryAround(at('tools'), [at('project'), at('data')])).toBeNull();
  expect(await directoryAround(at('database'), [at('data')])).toBeNull();
});

test('a link that only leads through a directory is the agent’s, too', async () => {
  fs.mkdirSync(at('bin'));
  fs.writeFileSync(at('bin', 'codex'), '', { mode: 0o755 });
  fs.symlinkSync(at('bin', 'codex'), at('data', 'codex'));
  fs.symlinkSync('../data/codex', at('tools', 'codex'));
  expect(await directoryAround(at('tools', 'codex'), [at('data')])).toBe(at('data'));
  fs.symlinkSync(`${at('data')}/../bin/codex`, at('tools', 'up'));
  expect(await directoryAround(at('tools', 'up'), [at('data')])).toBe(at('data'));
  fs.symlinkSync(at('tools', 'circle'), at('tools', 'circle'));
  expect(await directoryAround(at('tools', 'circle'), [at('data')])).toBeNull();
});

test.each(['git', 'node', 'bwrap', 'codex'])(
  'the PATH loses a directory where %s is a link to a place that a session may write',
  async (name) => {
    fs.mkdirSync(at('bin'));
    fs.writeFileSync(at('data', 'planted'), '', { mode: 0o755 });
    fs.symlinkSync(at('data', 'planted'), at('tools', name));
    const path = [at('tools'), at('bin')].join(':');
    expect(await pathOutside(path, [at('project'), at('data')])).toBe(at('bin'));
    expect(await pathOutside(path, [at('project')])).toBe(path);
  },
);

test('the PATH loses every directory that a session may write', async () => {
  fs.symlinkSync(at('data'), at('tools', 'out'));
  const path = [at('tools'), at('data', 'bin'), at('tools', 'out'), '.', '', at('project')];
  expect(await pathOutside(path.join(':'), [at('project'), at('data')])).toBe(at('tools'));
});

describe('this program may not start a run', () => {
  const outside = { own: ['/opt/autonomous-tui/dist'], node: '/usr/bin/node' };

  test('from inside such a directory, and the way out is said', async () => {
    const own = [at('project', 'node_modules', 'autonomous-tui', 'dist')];
    const said = await whyChangeable({ ...outside, own }, [at('project')]);
    expect(said).toContain(`inside ${at('project')}, where the agent can write`);
    expect(said).toContain('npm install -g autonomous-tui');
  });

  test('when it is called by a link that lies there', async () => {
    const own = [at('tools'), at('project', 'node_modules', '.bin', 'autonomous-tui')];
    expect(await whyChangeable({ ...outside, own }, [at('project')])).toContain('.bin');
  });

  test('on a Node that lies there', async () => {
    const node = at('data', 'node', 'bin', 'node');
    const said = await whyChangeable({ ...outside, node }, [at('project'), at('data')]);
    expect(said).toMatch(/^Node is .*installed elsewhere$/);
  });

  test('unless all of it lies outside', async () => {
    expect(await whyChangeable(outside, [at('project'), '/tmp'])).toBeNull();
  });
});
