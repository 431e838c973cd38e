// What is written to a task is told, or is still there.

import { beforeEach, expect, test, vi } from 'vitest';
import type { Telling } from '../../../source/engine/tasks/tell-task.ts';
import { keysWorld } from '../../helpers/pressed-keys.ts';
import { now, task } from '../../ui/sample.ts';

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  return () => void vi.useRealTimers();
});

const full: Telling = { ok: false, sentence: 'The disk is full' };
const taken: Telling = { ok: true, sentence: 'shop will be told' };

/** Each tell is answered by `answer`, the first first. */
function world() {
  const told: string[] = [];
  const answers: ((telling: Telling) => void)[] = [];
  const keys = keysWorld([task('shop'), task('docs')], {
    selected: 'shop',
    tell: ({ task: name, text }) => {
      told.push(`${name}: ${text}`);
      return new Promise((resolve) => void answers.push(resolve));
    },
  });
  const answer = async (telling: Telling): Promise<void> => {
    answers.shift()?.(telling);
    await keys.settled();
  };
  const text = (): string | null => {
    const dialog = keys.dialog();
    return dialog?.kind === 'tell' ? dialog.field.text : null;
  };
  const write = (words: string): void => keys.press(...words);
  return { ...keys, told, answer, text, write };
}

test('Esc keeps what was written to a task, and only its own form shows it', () => {
  const { press, write, text, store } = world();
  press('>');
  write('use npm');
  press('escape');
  store.act({ type: 'selected', task: 'docs' });
  press('>');
  expect(text()).toBe('');
  press('escape');
  store.act({ type: 'selected', task: 'shop' });
  press('>');
  expect(text()).toBe('use npm');
});

test('what was told, or deleted, is not shown again', async () => {
  const { press, write, text, answer, told } = world();
  press('>');
  write('use npm');
  press('escape', '>', 'return');
  expect(told).toEqual(['shop: use npm']);
  await answer(taken);
  press('>');
  expect(text()).toBe('');
  write('no');
  press('escape', '>', 'ctrl-u', 'escape', '>');
  expect(text()).toBe('');
});

test('a refused text comes before what is written to the task by then, and the cursor stays in its place', async () => {
  const { press, write, text, answer, dialog } = world();
  press('>');
  write('first');
  press('return', '>');
  write('secnd');
  press('left', 'left');
  await answer(full);
  press('o');
  expect(text()).toBe('first\n\nsecond');
  press('escape', '>', 'return');
  await answer(full);
  expect(text()).toBe('first\n\nsecond');
  expect(dialog()).toMatchObject({ problem: full.sentence });
});

test('a refused text is kept while the user writes to another task, and the notice says where it is', async () => {
  const { press, write, text, answer, notice, store } = world();
  press('>');
  write('first');
  press('return');
  store.act({ type: 'selected', task: 'docs' });
  press('>');
  write('other');
  await answer(full);
  expect(text()).toBe('other');
  expect(notice()).toBe('Not told: The disk is full; what you wrote to shop is kept: > shows it');
  press('escape');
  store.act({ type: 'selected', task: 'shop' });
  press('>');
  expect(text()).toBe('first');
});

test('a refused text is kept before a newer draft of the same task', async () => {
  const { press, write, text, answer } = world();
  press('>');
  write('first');
  press('return', '>');
  write('second');
  press('escape', '?');
  await answer(full);
  expect(text()).toBeNull();
  press('escape', '>');
  expect(text()).toBe('first\n\nsecond');
});

test('another dialog that opens over the form leaves its text in the draft', () => {
  const { press, write, text, store } = world();
  press('>');
  write('use npm');
  store.act({ type: 'dialog-opened', dialog: { kind: 'help', top: 0 } });
  press('escape', '>');
  expect(text()).toBe('use npm');
});
