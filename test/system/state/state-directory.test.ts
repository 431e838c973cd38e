import * as fs from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  stateDirectory,
  type StateDirectory,
} from '../../../source/system/state/state-directory.ts';
import { stateHome } from '../../../source/system/state/state-files.ts';
import { recordWith } from '../../helpers/run-records.ts';
import { stateWarning } from '../../../source/system/state/make-state.ts';

let root: string;
let state: StateDirectory;

beforeEach(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'state-directory-'));
  state = stateDirectory(join(root, 'home'), '/srv/shop', 'docs');
});

afterEach(() => fs.rmSync(root, { recursive: true }));

const file = (name: string): string => join(state.path, name);
const modeOf = (path: string): string => (fs.statSync(path).mode & 0o777).toString(8);

describe('state is kept', () => {
  test('where XDG says, or in the default place if that path is relative', () => {
    const usual = join(homedir(), '.local', 'state', 'autonomous-tui');
    expect(stateHome({ XDG_STATE_HOME: '/var/state' })).toBe('/var/state/autonomous-tui');
    expect(stateHome({})).toBe(usual);
    expect(stateHome({ XDG_STATE_HOME: 'here' })).toBe(usual);
    expect(stateHome({ XDG_STATE_HOME: '' })).toBe(usual);
  });

  test('separately for each project and task, under a name without the project’s path', () => {
    const another = stateDirectory(join(root, 'home'), '/srv/shop2', 'docs');
    expect(state.path).toMatch(/\/home\/[0-9a-f]{16}\/docs$/);
    expect(another.path).not.toBe(state.path);
    expect(stateDirectory(join(root, 'home'), '/srv/shop', 'docs').path).toBe(state.path);
  });

  test.each([
    ['/srv/shop/.state', /is inside the project/],
    ['/srv/shop', /is inside the project/],
    [join(tmpdir(), 'state'), /temporary directory/],
  ])('badly in %s, with a warning', (home, sentence) => {
    expect(stateWarning(home, '/srv/shop')).toMatch(sentence);
  });

  test.each(['/var/state', '/srv/shop-state', '/srv'])('well in %s, without a warning', (home) => {
    expect(stateWarning(home, '/srv/shop')).toBeNull();
  });

  test('badly in a directory of the project whose name begins with two dots', () => {
    expect(stateWarning('/srv/shop/..state', '/srv/shop')).toMatch(/inside the project/);
  });
});

describe('a state file', () => {
  beforeEach(async () => {
    await state.make();
  });

  test('is readable only by its owner', async () => {
    await state.writeRecord(recordWith());
    await state.writeControlRequest({ run: '2f0c', want: 'go on', seq: 0, id: null });
    await state.noteTime(0, 1000);
    await state.note('a word');
    await (await state.openPrompt('secret')).close();
    expect(modeOf(state.path)).toBe('700');
    for (const name of fs.readdirSync(state.path))
      expect([name, modeOf(file(name))]).toEqual([name, '600']);
  });

  test('is read as it was written: record and control request', async () => {
    expect([await state.readRecord(), await state.readControlRequest()]).toEqual([null, null]);
    await state.writeRecord(recordWith());
    const request = { run: '2f0c', want: 'pause now', seq: 3, id: 'b21d' } as const;
    await state.writeControlRequest(request);
    expect(await state.readRecord()).toEqual(recordWith());
    expect(await state.readControlRequest()).toEqual(request);
  });

  test('is replaced as a whole, with nothing left beside it', async () => {
    await state.writeRecord(recordWith({ run: 'x'.repeat(10_000) }));
    await state.writeRecord(recordWith());
    expect(fs.readdirSync(state.path)).toEqual(['reserve', 'run.json']);
    expect(await state.readRecord()).toEqual(recordWith());
  });

  test.each(['', '{', '[]', '"text"', '{"version":1}'])(
    'that is cut or not a record counts as missing: %j',
    async (content) => {
      fs.writeFileSync(file('run.json'), content);
      fs.writeFileSync(file('wish.json'), content);
      expect([await state.readRecord(), await state.readControlRequest()]).toEqual([null, null]);
    },
  );

  test('that is longer than any record counts as missing', async () => {
    await state.writeRecord(recordWith({ run: 'x'.repeat(300 * 1024) }));
    expect(await state.readRecord()).toBeNull();
  });

  test('of times is kept as lines until the log is replaced', async () => {
    expect(await state.readTimes()).toBe('');
    await state.noteTime(0, 1000);
    await state.noteTime(120, 2000);
    expect(await state.readTimes()).toBe('0 1000\n120 2000\n');
    await state.restartTimes();
    expect(await state.readTimes()).toBe('');
    await state.restartTimes();
  });

  test('with a prompt is opened at its beginning, and the next prompt does not change it', async () => {
    const first = await state.openPrompt('the first');
    const second = await state.openPrompt('the second');
    expect(await first.readFile('utf8')).toBe('the first');
    expect(await second.readFile('utf8')).toBe('the second');
    await first.close();
    await second.close();
  });

  test('runner.log gets one line per note, with its time', async () => {
    await state.note('two\nlines');
    const lines = fs.readFileSync(file('runner.log'), 'utf8').split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z two.lines$/);
  });
});

test('an error says what to do if the state directory cannot be created', async () => {
  fs.writeFileSync(join(root, 'home'), 'in the way');
  await expect(state.make()).rejects.toThrow(/^Cannot keep state in .*: set XDG_STATE_HOME to/);
});

test('its lock has only one holder', async () => {
  await state.make();
  const lock = await state.takeLock(0);
  expect(await state.takeLock(0)).toBeNull();
  lock?.release();
  const next = await state.takeLock(0);
  expect(next).not.toBeNull();
  next?.release();
});
