import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  emptyBoard,
  reduceBoard,
  type Board,
  type TaskView,
} from '../../../source/core/task/board.ts';
import { observeTasks, type Observer } from '../../../source/engine/tasks/observer.ts';
import { HandClock } from '../../helpers/hand-clock.ts';
import { viewOf } from '../../helpers/task-views.ts';
import { until } from '../../helpers/until.ts';

/** A fake disk of tasks that counts its reads. */
class FakeDisk {
  readonly tasks = new Map<string, { fingerprint: string; view: Partial<TaskView> }>();
  readonly living = new Set<number>();
  readonly stopped = new Set<number>();
  readonly reads: string[] = [];
  looks = 0;
  problem: Error | null = null;
  /** Reads are held back until this is called. */
  letRead: (() => void) | null = null;
  hint: (task: string | null) => void = () => {};
  isWatched = true;
  #changes = 0;

  put(name: string, view: Partial<TaskView> = {}): void {
    this.tasks.set(name, { fingerprint: String(this.#changes++), view });
  }

  names(): Promise<string[]> {
    this.looks++;
    return this.problem === null
      ? Promise.resolve([...this.tasks.keys()])
      : Promise.reject(this.problem);
  }

  async read(name: string): Promise<TaskView> {
    this.reads.push(name);
    const { view } = this.tasks.get(name) ?? { view: {} };
    if (this.letRead !== null) {
      await new Promise<void>((resolve) => {
        this.letRead = resolve;
      });
    }
    return viewOf(name, view);
  }
}

const runnerOf = (pid: number) => ({
  runnerPid: pid,
  runner: { pid, startTime: '1', bootId: 'boot' },
});

let clock: HandClock;
let disk: FakeDisk;
let board: Board;
let observer: Observer;

beforeEach(() => {
  clock = new HandClock();
  disk = new FakeDisk();
  board = emptyBoard('');
  observer = observeTasks(
    {
      clock,
      names: () => disk.names(),
      fingerprint: (name) => disk.tasks.get(name)?.fingerprint ?? null,
      read: (name) => disk.read(name),
      lifeOf: ({ pid }) =>
        Promise.resolve(
          disk.stopped.has(pid) ? 'stopped' : disk.living.has(pid) ? 'running' : 'gone',
        ),
      watch: (onHint) => {
        disk.hint = onHint;
        return {
          close: () => {
            disk.isWatched = false;
            return Promise.resolve();
          },
        };
      },
    },
    (action) => {
      board = reduceBoard(board, action);
    },
  );
  observer.watch();
});

afterEach(() => observer.close());

const onBoard = (): string[] => board.tasks.map(({ name }) => name);
const soon = (what: string, look: () => boolean) => until(what, look, { everyMs: 1 });

describe('a look at everything', () => {
  test('puts all tasks on the board', async () => {
    disk.put('b');
    disk.put('a', { done: 2 });
    await observer.look();
    expect(onBoard()).toEqual(['a', 'b']);
    expect(board.tasks[0]?.done).toBe(2);
  });

  test('reads only what changed', async () => {
    disk.put('a');
    disk.put('b');
    await observer.look();
    disk.put('b', { done: 2 });
    await observer.look();
    expect(disk.reads).toEqual(['a', 'b', 'b']);
    expect(board.tasks[1]?.done).toBe(2);
  });

  test('that finds nothing new keeps the same board object', async () => {
    disk.put('a');
    await observer.look();
    const before = board;
    await observer.look();
    expect(board).toBe(before);
  });

  test('removes a task that is gone, and reads one that comes back anew', async () => {
    disk.put('a');
    await observer.look();
    disk.tasks.delete('a');
    await observer.look();
    expect(onBoard()).toEqual([]);
    disk.put('a');
    await observer.look();
    expect(onBoard()).toEqual(['a']);
  });

  test('happens every five seconds, even without hints', async () => {
    disk.put('a');
    clock.turn(5000);
    await soon('it is seen', () => onBoard().length === 1);
    disk.put('b');
    clock.turn(5000);
    await soon('it is seen', () => onBoard().length === 2);
  });
});

describe('an active task', () => {
  beforeEach(async () => {
    disk.living.add(77);
    disk.put('busy', runnerOf(77));
    disk.put('idle');
    await observer.look();
    disk.reads.length = 0;
  });

  test('is read once a minute although nothing changed, because its activity bar advances', async () => {
    disk.put('later', runnerOf(77));
    await observer.look();
    disk.reads.length = 0;
    clock.turn(61_000);
    await soon('both are read', () => disk.reads.length > 1);
    await observer.look();
    expect(disk.reads.toSorted()).toEqual(['busy', 'later']);
  });

  test('is looked at every second; the others are not', async () => {
    disk.put('busy', { ...runnerOf(77), done: 2 });
    disk.put('idle', { done: 2 });
    clock.turn(1000);
    await soon('it is read', () => disk.reads.length > 0);
    expect(disk.reads).toEqual(['busy']);
  });

  test('is read again when its runner is stopped and when it is continued', async () => {
    disk.stopped.add(77);
    clock.turn(1000);
    await soon('it is read', () => disk.reads.length === 1);
    disk.tasks.get('busy')!.view = { ...runnerOf(77), runnerIsStopped: true };
    disk.hint('busy');
    await observer.look();
    clock.turn(1000);
    await observer.look();
    const before = disk.reads.length;
    disk.stopped.delete(77);
    clock.turn(1000);
    await soon('it is read', () => disk.reads.length > before);
  });

  test('is read again when its runner dies, although no file changes', async () => {
    clock.turn(1000);
    await observer.look();
    expect(disk.reads).toEqual([]);
    disk.living.delete(77);
    clock.turn(1000);
    await soon('it is read', () => disk.reads.length > 0);
    expect(disk.reads).toEqual(['busy']);
  });
});

test('a task that is starting without a runner is read again every second, until it is not', async () => {
  disk.put('new', { state: { word: 'starting', reason: null, until: null } });
  await observer.look();
  disk.tasks.get('new')!.view = {};
  clock.turn(1000);
  await soon('it is read', () => disk.reads.length > 1);
  await observer.look();
  clock.turn(3000);
  await observer.look();
  expect(disk.reads).toEqual(['new', 'new']);
});

describe('a hint', () => {
  beforeEach(async () => {
    disk.put('a');
    disk.put('b');
    await observer.look();
    disk.reads.length = 0;
    disk.looks = 0;
  });

  test('about a task makes the observer look at that one at once', async () => {
    disk.put('a', { done: 2 });
    disk.put('b', { done: 2 });
    disk.hint('a');
    await soon('it is read', () => disk.reads.length > 0);
    expect([disk.reads, disk.looks]).toEqual([['a'], 0]);
  });

  test.each([
    ['about a task not seen yet', 'new'],
    ['without a name', null],
  ])('%s makes the observer look at everything', async (_what, hint) => {
    disk.put('new');
    disk.hint(hint);
    await soon('it is seen', () => onBoard().includes('new'));
  });

  test('about a task that is gone removes it from the board at once', async () => {
    disk.tasks.delete('a');
    disk.hint('a');
    await soon('it is off', () => !onBoard().includes('a'));
    expect(disk.reads).toEqual([]);
  });
});

test('old data never follows new data: looks wait for each other', async () => {
  disk.put('a', { done: 1 });
  disk.letRead = () => {};
  const first = observer.look();
  await soon('it is reading', () => disk.reads.length === 1);
  disk.put('a', { done: 2 });
  const second = observer.look();
  disk.letRead();
  await soon('it is reading again', () => disk.reads.length === 2);
  expect(board.tasks[0]?.done).toBe(1);
  disk.letRead();
  await Promise.all([first, second]);
  expect(board.tasks[0]?.done).toBe(2);
});

test('an unreadable directory is one problem on the board until it can be read', async () => {
  disk.put('a');
  await observer.look();
  disk.problem = new Error('EACCES: permission denied');
  await observer.look();
  expect(board.problem).toBe('The tasks cannot be read: EACCES: permission denied');
  expect(onBoard()).toEqual(['a']);
  disk.problem = null;
  await observer.look();
  expect(board.problem).toBeNull();
});

test('after closing, nothing is looked at and no timer is left', async () => {
  await observer.close();
  disk.put('a');
  disk.hint('a');
  clock.turn(60_000);
  await observer.look();
  expect([onBoard(), clock.waiting, disk.isWatched]).toEqual([[], 0, false]);
});
