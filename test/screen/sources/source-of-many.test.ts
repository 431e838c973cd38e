import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  emptyBoard,
  reduceBoard,
  type Board,
  type BoardAction,
} from '../../../source/core/task/board.ts';
import type { TaskDetails } from '../../../source/core/task/details.ts';
import type { ProjectView } from '../../../source/core/task/project-view.ts';
import { keyOf } from '../../../source/core/task/task-key.ts';
import type { Observer } from '../../../source/engine/tasks/observer.ts';
import { sourceOfMany } from '../../../source/screen/sources/source-of-many.ts';
import type { TaskSource } from '../../../source/screen/sources/task-source.ts';
import { HandClock } from '../../helpers/hand-clock.ts';
import { viewOf } from '../../helpers/task-views.ts';
import { details } from '../../ui/sample.ts';

const at = (project: string, problem: string | null = null): ProjectView => ({
  project,
  label: `~${project}`,
  problem,
});

/** The source of one project, which knows its tasks by name and writes down what it was asked. */
class OneProject {
  tasks: readonly string[] = ['docs'];
  problem: string | null = null;
  isClosed = false;
  isWatched = false;
  tell: (action: BoardAction) => void = () => {};
  details: TaskDetails = { ...details, task: 'docs' };
  readonly #asked: (what: string) => void;

  constructor(asked: (what: string) => void) {
    this.#asked = asked;
  }

  source(): TaskSource {
    const answer = <Given extends readonly unknown[]>(what: string) =>
      ((...given: Given) => {
        this.#asked(`${what} ${JSON.stringify(given[0])}`);
        return Promise.resolve({ ok: true, sentence: what });
      }) as never;
    const observe = (tell: (action: BoardAction) => void): Observer => {
      this.tell = tell;
      this.isClosed = false;
      return {
        look: () => {
          if (this.problem === null) this.#seen();
          tell({ type: 'problem', sentence: this.problem });
          return Promise.resolve();
        },
        watch: () => (this.isWatched = true),
        close: () => {
          this.isClosed = true;
          return Promise.resolve();
        },
      };
    };
    return {
      observe,
      openLog: answer('log'),
      openDetails: () => ({
        details: () => this.details,
        hurry: () => Promise.resolve(),
        subscribe: () => () => {},
        close: () => {},
      }),
      visitChanges: answer('changes'),
      runnerClient: { requestFor: answer('request'), start: answer('start'), send: answer('send') },
      verbs: {
        worktree: () => 'ask',
        exportLog: answer('export'),
        acceptVersion: answer('accept'),
        editList: answer('edit'),
        tell: answer('tell'),
        takeBack: answer('take back'),
        merging: { plan: answer('plan'), merge: answer('merge'), resolve: answer('resolve') },
        ordering: {
          archive: answer('archive'),
          unarchive: answer('unarchive'),
          deletion: answer('deletion'),
          delete: answer('delete'),
        },
        settings: { read: answer('settings'), change: answer('change settings') },
        undoing: { plan: answer('undo plan'), undo: answer('undo') },
        readReport: answer('report'),
        openEditor: answer('editor'),
        takeOver: answer('take over'),
      },
    };
  }

  #seen(): void {
    this.tell({ type: 'tasks-seen', changed: this.tasks.map((name) => viewOf(name)), gone: [] });
  }
}

let clock: HandClock;
let known: readonly ProjectView[];
let asked: string[];
let ones: Map<string, OneProject>;
let source: TaskSource;
let board: Board;
let observer: Observer;

const one = (project: string): OneProject => {
  let found = ones.get(project);
  if (found === undefined) {
    found = new OneProject((what) => void asked.push(`${project}: ${what}`));
    ones.set(project, found);
  }
  return found;
};

beforeEach(() => {
  clock = new HandClock();
  known = [at('/shop'), at('/blog'), at('/old', 'not there')];
  asked = [];
  ones = new Map();
  board = emptyBoard('all projects');
  source = sourceOfMany({
    clock,
    projects: () => known,
    sourceOf: ({ project }) => one(project).source(),
  });
  observer = source.observe((action) => {
    board = reduceBoard(board, action);
  });
});

afterEach(() => observer.close());

const keys = (): string[] => board.tasks.map(keyOf);
const problems = () => board.projects?.map(({ project, problem }) => [project, problem]);
const looked = async (): Promise<void> => {
  clock.turn(5000);
  await new Promise((resolve) => setImmediate(resolve));
};

describe('the source of many projects', () => {
  test('has the tasks of all of them, told apart by their projects', async () => {
    await observer.look();
    expect(keys()).toEqual(['/blog/docs', '/shop/docs']);
    expect(board.looked).toBe(true);
    expect(problems()).toEqual([
      ['/shop', null],
      ['/blog', null],
      ['/old', 'not there'],
    ]);
    expect(ones.has('/old')).toBe(false);
  });

  test('asks the project of a task, with the name that the task has there', async () => {
    const { runnerClient, verbs } = source;
    const task = '/blog/docs';
    await runnerClient.start({ task, sandbox: 'workspace-write', after: 'site' });
    await runnerClient.send({ name: '/shop/docs', run: 'r1' }, 'pause now');
    await source.visitChanges(task);
    await verbs.tell({ task, text: 'hello', when: 'now' });
    await verbs.merging.merge(task);
    await verbs.ordering.delete('/shop/docs');
    await verbs.readReport('/shop/docs');
    expect(asked).toEqual([
      '/blog: start {"task":"docs","sandbox":"workspace-write","after":"site"}',
      '/shop: send {"name":"docs","run":"r1"}',
      '/blog: changes "docs"',
      '/blog: tell {"task":"docs","text":"hello","when":"now"}',
      '/blog: merge "docs"',
      '/shop: delete "docs"',
      '/shop: report "docs"',
    ]);
  });

  test('gives details their key, and the same object while nothing changes', () => {
    const feed = source.openDetails('/blog/docs');
    const shown = feed.details();
    expect(shown?.task).toBe('/blog/docs');
    expect(feed.details()).toBe(shown);
    one('/blog').details = { ...details, task: 'docs', notes: 'new' };
    expect(feed.details()).toMatchObject({ task: '/blog/docs', notes: 'new' });
  });

  test('finds a project that is new, and lets go of one that is gone', async () => {
    await observer.look();
    observer.watch();
    known = [at('/shop'), at('/blog', 'not there'), at('/new')];
    await looked();
    expect(keys()).toEqual(['/new/docs', '/shop/docs']);
    expect(one('/blog').isClosed).toBe(true);
    expect(one('/new').isWatched).toBe(true);
    // What was under way when it went.
    one('/blog').tell({ type: 'tasks-seen', changed: [viewOf('late')], gone: [] });
    expect(keys()).toEqual(['/new/docs', '/shop/docs']);
    known = [at('/shop'), at('/blog')];
    await looked();
    expect(keys()).toEqual(['/blog/docs', '/shop/docs']);
  });

  test('says of the one project that cannot be read that it cannot, and shows the others', async () => {
    one('/blog').problem = 'EACCES';
    await observer.look();
    expect(keys()).toEqual(['/shop/docs']);
    expect(problems()).toContainEqual(['/blog', 'EACCES']);
    expect(board.problem).toBeNull();
    one('/blog').problem = null;
    await observer.look();
    expect(problems()).toContainEqual(['/blog', null]);
    expect(keys()).toEqual(['/blog/docs', '/shop/docs']);
  });

  test('changes nothing on the board while nothing changes', async () => {
    await observer.look();
    one('/blog').tasks = one('/shop').tasks = [];
    const before = board;
    await observer.look();
    await looked();
    expect(board).toBe(before);
  });

  test('has been looked at even if no project is known', async () => {
    known = [];
    await observer.look();
    expect(board).toMatchObject({ looked: true, projects: [], tasks: [] });
  });

  test('ends with all its observers and timers', async () => {
    await observer.look();
    await observer.close();
    expect([one('/shop').isClosed, one('/blog').isClosed]).toEqual([true, true]);
    expect(clock.waiting).toBe(0);
  });
});
