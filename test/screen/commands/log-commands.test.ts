import { beforeEach, describe, expect, test, vi } from 'vitest';
import { safeText } from '../../../source/core/text/safe-text.ts';
import type { LogFilter } from '../../../source/core/log/filter.ts';
import { pasted } from '../../../source/screen/commands/carry-out.ts';
import { keysWorld, type KeysWorld } from '../../helpers/pressed-keys.ts';
import { entries, entry, now, state, task } from '../../ui/sample.ts';

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  return () => void vi.useRealTimers();
});

const shop = task('shop', { state: state('running'), total: 3 });

/** A log with focus. */
function logWorld(more: Parameters<typeof keysWorld>[1] = {}): KeysWorld {
  const world = keysWorld([shop], more);
  world.store.act({ type: 'focused', pane: 'log' });
  return world;
}

const placeOf = ({ logView }: KeysWorld): number | 'the end' => {
  const scroll = logView()?.scroll;
  return scroll?.follow === false ? scroll.offset : 'the end';
};

describe('a search', () => {
  test('opens with /, begins with its first letter and stays with Enter', () => {
    const world = logWorld();
    world.press('/', 't');
    expect(world.logView()?.search?.query).toEqual({ text: 't', form: 'plain' });
    world.press(...'odo');
    expect(world.dialog()).toMatchObject({ about: 'search', field: { text: 'todo' } });
    world.press('return');
    expect(world.dialog()).toBeNull();
    expect(world.logView()?.search?.query).toEqual({ text: 'todo', form: 'plain' });
  });

  test.each([['escape'], ['return'], [' ', 'return']])('for nothing begins none: %s', (...keys) => {
    const world = logWorld();
    world.press('/', ...keys);
    expect(world.dialog()).toBeNull();
    expect(world.logView()?.search ?? null).toBeNull();
  });

  test.each([['escape'], [...Array<string>(4).fill('backspace')]])(
    'that is taken back leaves nothing behind: %s',
    (...keys) => {
      const world = logWorld();
      world.press('/', ...'todo', ...keys);
      expect(world.logView()?.search ?? null).toBeNull();
    },
  );

  test('pasted is searched for like one that is typed', () => {
    const world = logWorld();
    world.press('/');
    pasted({ store: world.store }, 'todo');
    expect(world.logView()?.search?.query.text).toBe('todo');
  });

  test('for an invalid expression stays open and says what is wrong', () => {
    const world = logWorld();
    world.press('/', 'tab', ...'a(');
    // The last valid one is still shown.
    expect(world.logView()?.search?.query).toEqual({ text: 'a', form: 'expression' });
    world.press('return');
    expect(world.dialog()).toMatchObject({
      form: 'expression',
      problem: expect.any(String) as string,
    });
    // As plain text it is valid.
    world.press('tab');
    expect(world.dialog()).toMatchObject({ form: 'plain', problem: null });
    world.press('return');
    expect(world.logView()?.search?.query).toEqual({ text: 'a(', form: 'plain' });
  });
});

describe('going to a place', () => {
  const log = { entries, landmarks: entries.slice(0, 1) };

  test('leads to a session', () => {
    const world = logWorld({ log });
    world.press('t', ...'session 4', 'return');
    expect(world.dialog()).toBeNull();
    expect(placeOf(world)).toBe(entries[0]!.offset);
  });

  test.each([
    ['nonsense', 'Enter a time (3:40), session 4, or step 7'],
    ['25:00', 'Enter a time (3:40), session 4, or step 7'],
    ['session 9', 'No session 9 in this log'],
    ['step 13', 'Step 13 is not done yet'],
  ])('that is not there stays open and says so: %s', (text, problem) => {
    const world = logWorld({ log });
    world.press('t', ...text, 'return');
    expect(world.dialog()).toMatchObject({ about: 'jump', field: { text }, problem });
    expect(placeOf(world)).toBe('the end');
  });

  test('does not switch to an expression with Tab', () => {
    const world = logWorld({ log });
    world.press('t', 'tab');
    expect(world.dialog()).toMatchObject({ about: 'jump', form: 'plain' });
  });
});

describe('the next error', () => {
  /** From where it was looked for. */
  function looksFrom(...keys: string[]): [number, number][] {
    const asked: [number, number][] = [];
    const errorFrom = (from: number, by: 1 | -1) => {
      asked.push([from, by]);
      return null;
    };
    const world = logWorld({ log: { entries, errorFrom } });
    world.press(...keys);
    return asked;
  }

  test('is the last one while the log follows its end, in either direction', () => {
    expect(looksFrom('e').at(-1)).toEqual([Infinity, -1]);
    expect(looksFrom('E').at(-1)).toEqual([Infinity, -1]);
  });

  test('comes after the selected entry, and the previous one before it', () => {
    const { offset, lastOffset } = entries.at(-2)!;
    expect(looksFrom('k', 'e').at(-1)).toEqual([lastOffset, 1]);
    expect(looksFrom('k', 'E').at(-1)).toEqual([offset, -1]);
  });

  test('that does not exist moves nothing and says so', () => {
    const world = logWorld({ log: { entries, errorFrom: () => null } });
    world.press('k', 'E');
    expect(world.notice()).toBe('No error further up');
  });
});

describe('copying', () => {
  const copying = (text: string, more: { copy?: ((text: string) => string) | undefined } = {}) => {
    const copied: string[] = [];
    const copy = (given: string) => {
      copied.push(given);
      return 'Copied';
    };
    const log = { entries: [entry('12:00:00', { kind: 'message', text })] };
    return { copied, world: logWorld({ log, ...('copy' in more ? {} : { copy }) }) };
  };

  test('takes the text of the selected entry', () => {
    const { copied, world } = copying('Reading the list');
    world.press('y');
    expect(copied).toEqual(['Reading the list']);
    expect(world.notice()).toBe('Copied');
  });

  test('says where the rest of a cut entry is', () => {
    const { world } = copying(safeText('long '.repeat(1000), 100));
    world.press('y');
    expect(world.notice()).toBe('Copied, without the middle; Enter expands the entry');
  });

  test('says that the terminal cannot, or that there is nothing', () => {
    const { world } = copying('text', { copy: undefined });
    world.press('y');
    expect(world.notice()).toBe('This terminal cannot copy');
    const empty = logWorld({ log: { entries: [] }, copy: () => 'Copied' });
    empty.press('y');
    expect(empty.notice()).toBe('Nothing to copy');
  });
});

describe('an export', () => {
  type Export = { task: string; path: string; filter: LogFilter };

  function exporting() {
    const paths: string[] = [];
    const exportLog = ({ path }: Export) => {
      paths.push(path);
      return Promise.resolve('Exported');
    };
    return { paths, world: logWorld({ exportLog }) };
  }

  test('suggests a name, which Enter takes and → lets the user change', () => {
    const { paths, world } = exporting();
    world.press('x', 'return');
    world.press('x', 'right', ...Array<string>(3).fill('backspace'), ...'.jsonl', 'return');
    world.press('x', 'a', 'right', 'return');
    expect(paths).toEqual(['shop-2026-01-29-1204.md', 'shop-2026-01-29-1204.jsonl', 'a']);
  });

  test('refuses a kind of file that it cannot write, and stays open', () => {
    const { paths, world } = exporting();
    world.press('x', ...'night.pdf', 'return');
    expect(world.dialog()).toMatchObject({
      field: { text: 'night.pdf' },
      problem: 'Use .md, .jsonl or .txt, not .pdf',
    });
    expect(paths).toEqual([]);
  });

  test('goes to the named file and shows the answer', async () => {
    const exports: Export[] = [];
    const world = logWorld({
      exportLog: (what) => {
        exports.push(what);
        return Promise.resolve('Exported 7 entries to night.md');
      },
    });
    world.press('x', ...' night.md ', 'return');
    await world.settled();
    expect(exports).toMatchObject([{ task: 'shop', path: 'night.md' }]);
    expect(world.dialog()).toBeNull();
    expect(world.notice()).toBe('Exported 7 entries to night.md');
  });

  test('that fails is a problem', async () => {
    const world = logWorld({ exportLog: () => Promise.reject(new Error('no space left')) });
    world.press('x', ...'night.md', 'return');
    await world.settled();
    expect(world.store.view().notice).toMatchObject({
      text: 'Export failed: no space left',
      tone: 'problem',
    });
  });
});
