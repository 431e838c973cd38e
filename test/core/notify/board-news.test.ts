// What a dashboard tells of its tasks: what changed between two looks, each thing under a name that every dashboard gives it.

import { expect, test } from 'vitest';
import { knownOf, newsBetween, type BoardNews } from '../../../source/core/notify/board-news.ts';
import { emptyBoard, type Board, type TaskView } from '../../../source/core/task/board.ts';
import type { Ending } from '../../../source/core/run/run.ts';
import type { TaskState } from '../../../source/core/task/state.ts';
import { viewOf } from '../../helpers/task-views.ts';

const since = 1000;

function boardOf(...tasks: readonly TaskView[]): Board {
  return { ...emptyBoard('~/shop'), looked: true, tasks };
}

const inState = (
  word: TaskState['word'],
  reason: string | null = null,
  more: Partial<TaskView> = {},
): TaskView => viewOf('shop', { state: { word, reason, until: null }, lastRun: running, ...more });

const running = { sessions: 2, ending: null };
const loggedOut = 'Codex is not logged in';

function afterRun(kind: Ending['kind'], sentence: string | null = null, at = 2000): TaskView {
  const ending = { kind, sentence, at };
  const word = kind === 'interrupted' ? 'idle' : kind;
  return inState(word, sentence, { lastRun: { sessions: 2, ending } });
}

const newsOf = (before: TaskView | null, after: TaskView): readonly BoardNews[] =>
  newsBetween(before === null ? boardOf() : boardOf(before), boardOf(after), since);
const heard = (before: TaskView | null, after: TaskView): string[] =>
  newsOf(before, after).map(({ event, sentence }) => `${event}: ${sentence}`);

const atWork = inState('running');

test('a task that comes to need the user is told with the reason, and again with another reason', () => {
  const needing = inState('needs you', loggedOut);
  expect(heard(atWork, needing)).toEqual([`needs you: ${loggedOut}`]);
  expect(heard(needing, { ...needing, total: 4 })).toEqual([]);
  expect(heard(needing, inState('needs you', 'The quota is spent'))).toEqual([
    'needs you: The quota is spent',
  ]);
});

test('what comes again has the same name until a session has worked', () => {
  const usage = { inputTokens: 9, cachedInputTokens: 0, outputTokens: 1, reasoningTokens: 0 };
  const [first] = newsOf(atWork, inState('needs you', loggedOut));
  const [again] = newsOf(inState('starting'), inState('needs you', loggedOut));
  const [later] = newsOf(atWork, inState('needs you', loggedOut, { usage }));
  expect(again?.key).toBe(first?.key);
  expect(later?.key).not.toBe(first?.key);
});

test('the end of a run is told once: done, failed, or a spent budget', () => {
  expect(heard(atWork, afterRun('done'))).toEqual(['done: All 3 steps are done']);
  expect(heard(atWork, afterRun('failed', 'The disk is full'))).toEqual([
    'failed: The disk is full',
  ]);
  expect(heard(atWork, afterRun('stopped', 'budget: 20k tokens'))).toEqual([
    'budget: It has stopped: budget: 20k tokens',
  ]);
  for (const kind of ['paused', 'interrupted'] as const) {
    expect(heard(atWork, afterRun(kind))).toEqual([]);
  }
  expect(heard(atWork, afterRun('stopped', 'reached --max-sessions'))).toEqual([]);
  expect(heard(afterRun('done'), { ...afterRun('done'), total: 4 })).toEqual([]);
});

test('two runs that fail alike are two events, and the look between them is not needed', () => {
  const [first] = newsOf(atWork, afterRun('failed', 'No disk', 2000));
  const [second] = newsOf(afterRun('failed', 'No disk', 2000), afterRun('failed', 'No disk', 3000));
  expect(second?.event).toBe('failed');
  expect(second?.key).not.toBe(first?.key);
});

test('a task that appears is told of if it needs the user, or has ended since the first look', () => {
  expect(heard(null, inState('needs you', loggedOut))).toEqual([`needs you: ${loggedOut}`]);
  expect(heard(null, afterRun('failed', 'No disk', since + 1))).toEqual(['failed: No disk']);
  expect(heard(null, afterRun('failed', 'No disk', since - 1))).toEqual([]);
});

test('a check that begins to fail is told, before the work as a baseline', () => {
  const unmet = 'the check npm test fails';
  expect(heard(atWork, inState('running', null, { unmet }))).toEqual([`check: ${unmet}`]);
  expect(
    heard(inState('running', null, { unmet }), inState('running', null, { unmet: 'make fails' })),
  ).toEqual([]);
  const fresh = { lastRun: { sessions: 0, ending: null } };
  expect(
    heard(inState('starting', null, fresh), inState('starting', null, { ...fresh, unmet })),
  ).toEqual([`baseline: ${unmet}`]);
  const notRun = { unmet: 'its checks have not run' };
  expect(heard(atWork, inState('checking', null, notRun))).toEqual([]);
  expect(heard(inState('checking', null, notRun), inState('running', null, { unmet }))).toEqual([
    `check: ${unmet}`,
  ]);
});

test('a usage limit is told once while it lasts', () => {
  const waiting = inState('waiting', 'usage limit');
  expect(heard(atWork, waiting)).toEqual(['limit: It waits for the usage limit']);
  expect(heard(waiting, { ...waiting, state: { ...waiting.state, until: 9 } })).toEqual([]);
  expect(heard(atWork, inState('waiting', 'no network'))).toEqual([]);
});

test('what holds up the tasks of the first look is known, by the name that it has when it comes again', () => {
  const needing = inState('needs you', loggedOut);
  const [again] = newsOf(inState('starting'), needing);
  expect(knownOf(boardOf(needing, viewOf('docs')))).toEqual([again]);
});

test('of two projects, each task of one name is told, with its project', () => {
  const here = { ...atWork, project: '/home/ann/here' };
  const there = { ...atWork, project: '/home/ann/there' };
  const needing = { ...inState('needs you', loggedOut), project: '/home/ann/there' };
  const news = newsBetween(boardOf(here, there), boardOf(here, needing), since);
  expect(news.map(({ project, event }) => [project, event])).toEqual([
    ['/home/ann/there', 'needs you'],
  ]);
});

test('nothing is told of an archived task', () => {
  expect(heard(atWork, { ...afterRun('failed', 'No disk'), archivedAt: 3000 })).toEqual([]);
});
