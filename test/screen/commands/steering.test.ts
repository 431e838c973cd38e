import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { StateWord } from '../../../source/core/task/state.ts';
import { isUnderWay } from '../../../source/ui/look/state-words.ts';
import { keysWorld } from '../../helpers/pressed-keys.ts';
import { now, state, task } from '../../ui/sample.ts';

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  return () => void vi.useRealTimers();
});

const inState = (name: string, word: StateWord, more: Parameters<typeof task>[1] = {}) =>
  task(name, {
    state: state(word),
    total: 3,
    // Only a task that is under way has a run.
    run: isUnderWay(word) ? `run of ${name}` : null,
    ...more,
  });

/** Marks these rows, the first being row 0. A mark moves on to the next row. */
const marking = (...rows: number[]): string[] => [
  'g',
  ...Array.from({ length: Math.max(...rows) + 1 }, (_, row) => (rows.includes(row) ? ' ' : 'j')),
];

describe('a key on one task', () => {
  test.each<[StateWord, string, string | null]>([
    ['running', 'p', 'pause shop'],
    ['running', 'P', 'pause after session shop'],
    ['running', 'c', null],
    ['waiting', 'c', 'continue shop with workspace-write'],
    ['waiting', 'r', null],
    ['waiting', 'P', null],
    ['queued', 'p', 'pause shop'],
    ['paused', 'p', null],
    ['paused', 'c', 'continue shop with workspace-write'],
    ['paused', 'r', 'resume shop with workspace-write'],
    ['interrupted', 'r', 'resume shop with workspace-write'],
    ['done', 'c', null],
    ['pausing', 'p', null],
  ])('that is %s: %s does %j, and otherwise says why not', (word, key, call) => {
    const { press, calls, notice } = keysWorld([inState('shop', word)]);
    press(key);
    expect(calls).toEqual(call === null ? [] : [call]);
    expect(notice()).toEqual(call === null ? expect.stringMatching(/^shop /) : null);
  });

  test('without a task does nothing but say so', () => {
    const { press, calls, notice } = keysWorld([]);
    press('p');
    expect(calls).toEqual([]);
    expect(notice()).toBe('There is no task yet');
  });

  test('that is refused by the runner shows its sentence as a problem', async () => {
    const answer = { ok: false, why: 'busy', sentence: 'shop already runs in process 7' } as const;
    const { press, settled, store } = keysWorld([inState('shop', 'paused')], { answer });
    press('c');
    await settled();
    expect(store.view().notice).toMatchObject({ text: answer.sentence, tone: 'problem' });
  });
});

describe('a key on marked tasks', () => {
  const three = [inState('a', 'running'), inState('b', 'done'), inState('c', 'running')];

  test('acts on those that it applies to, in the order of the list, and names the others', () => {
    const { press, calls, notice } = keysWorld(three);
    press(...marking(0, 1, 2), 'p');
    expect(calls).toEqual(['pause a', 'pause c']);
    expect(notice()).toBe('Pausing 2 of 3 tasks; skipped b (done)');
  });

  test('leaves the selected task alone if it is not marked', () => {
    const { press, calls, notice } = keysWorld(three, { selected: 'c' });
    press(...marking(0), 'G', 'p');
    expect(calls).toEqual(['pause a']);
    expect(notice()).toBeNull();
  });

  test('that applies to none of them does nothing but say why', () => {
    const { press, calls, notice } = keysWorld(three);
    press(...marking(0, 2), 'c');
    expect(calls).toEqual([]);
    expect(notice()).toBe('a is already running');
  });

  test('plans a pause for those that have none yet, and cancels it only where all have one', () => {
    const planned = inState('b', 'running', { pausesAfterSession: true });
    const some = keysWorld([inState('a', 'running'), planned]);
    some.press(...marking(0, 1), 'P');
    expect(some.calls).toEqual(['pause after session a']);
    const all = keysWorld([inState('a', 'running', { pausesAfterSession: true }), planned]);
    all.press(...marking(0, 1), 'P');
    expect(all.calls).toEqual(['pause after session a', 'pause after session b']);
  });
});

describe('with full access', () => {
  const sandbox = 'danger-full-access';
  const tasks = [inState('a', 'paused'), inState('b', 'waiting'), inState('c', 'running')];

  test.each([
    ['c', 'continue a with danger-full-access'],
    ['r', 'resume a with danger-full-access'],
  ])('%s starts a run only after the question was answered with yes', (key, call) => {
    const { press, calls, dialog } = keysWorld(tasks, { sandbox });
    press(key);
    expect(calls).toEqual([]);
    expect(dialog()).toMatchObject({ kind: 'confirm', confirm: { tasks: ['a'] } });
    press('return');
    expect(calls).toEqual([call]);
    expect(dialog()).toBeNull();
  });

  test('no starts nothing', () => {
    const { press, calls, dialog } = keysWorld(tasks, { sandbox });
    press('c', 'n');
    expect(calls).toEqual([]);
    expect(dialog()).toBeNull();
  });

  test('a run that waits already retries without a question, as it is', () => {
    const { press, calls, dialog } = keysWorld(tasks, { sandbox, selected: 'b' });
    press('c');
    expect(dialog()).toBeNull();
    expect(calls).toEqual(['continue b with workspace-write']);
  });

  test('pausing asks nothing', () => {
    const { press, calls } = keysWorld(tasks, { sandbox, selected: 'c' });
    press('p');
    expect(calls).toEqual(['pause c']);
  });
});

describe('pausing everything and quitting', () => {
  test('quits at once if nothing is under way', () => {
    const { press, calls } = keysWorld([inState('a', 'paused'), inState('b', 'done')]);
    press('Q');
    expect(calls).toEqual(['quit']);
  });

  test('asks first, then pauses whatever is under way and waits', () => {
    const words = ['running', 'waiting', 'paused', 'needs you', 'queued', 'done'] as const;
    const { press, calls, dialog } = keysWorld(words.map((word) => inState(word, word)));
    press('Q');
    expect(calls).toEqual([]);
    expect(dialog()).toMatchObject({ confirm: { question: 'Pause 4 tasks and quit?' } });
    press('y');
    expect(calls).toEqual(['pause running', 'pause waiting', 'pause needs you', 'pause queued']);
    expect(dialog()).toEqual({ kind: 'leaving' });
  });

  test('answered with no, pauses nothing', () => {
    const { press, calls, dialog } = keysWorld([inState('a', 'running')]);
    press('Q', 'escape');
    expect(calls).toEqual([]);
    expect(dialog()).toBeNull();
  });
});
