// The questions about a step, on a screen without React.

import { beforeEach, expect, test, vi } from 'vitest';
import type { ListEdit } from '../../../source/core/edit/list-edit.ts';
import { shownStep } from '../../../source/core/edit/step-name.ts';
import type { TaskDetails } from '../../../source/core/task/details.ts';
import { keysWorld } from '../../helpers/pressed-keys.ts';
import { details, now, task } from '../../ui/sample.ts';

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  return () => void vi.useRealTimers();
});

const words = 'Write the parser';
const sentence = 'Step 1 has changed meanwhile, so nothing was changed: look again';

function detailsWith(...texts: string[]): TaskDetails {
  const open = { phase: null, done: false, depth: 0, blocked: false };
  const steps = texts.map((text, index) => shownStep({ ...open, number: index + 1, text }));
  return { ...details, task: 'shop', steps };
}

/** With the first step marked. `refusals`: how many edits are refused before one is taken. */
function world(refusals: number) {
  const edits: ListEdit[] = [];
  const keys = keysWorld([task('shop')], {
    editList: ({ edit }) => {
      edits.push(edit);
      const isRefused = edits.length <= refusals;
      return Promise.resolve({ ok: !isRefused, sentence: isRefused ? sentence : 'Changed' });
    },
  });
  const show = (...texts: string[]): void =>
    keys.store.setScene({ ...keys.store.scene(), details: detailsWith(...texts) });
  show(words, 'Test it');
  keys.store.act({ type: 'page-opened', page: 'steps' });
  keys.store.act({ type: 'detail-marked', at: 0 });
  return { ...keys, edits, show };
}

test('a refused edit leaves its words in the question, and the next Enter is about the step as it is then', async () => {
  const { show, press, settled, notice, dialog, edits } = world(1);
  press('E', '!', 'return');
  await settled();
  expect(notice()).toBe(sentence);
  expect(dialog()).toMatchObject({ about: 'reword', field: { text: `${words}!` } });
  show('Changed by the session', 'Test it');
  press('return');
  await settled();
  expect(dialog()).toBeNull();
  expect(edits).toMatchObject([
    { kind: 'reword', step: { text: words }, text: `${words}!` },
    { kind: 'reword', step: { text: 'Changed by the session' }, text: `${words}!` },
  ]);
});

test.each([
  ['holds a secret', 'Set token=ghp_0123456789abcdefghijklmnopqrstuvwxyzAB'],
  ['is longer than the screen shows', 'x'.repeat(20_000)],
])(
  'a step that %s is not opened for an edit of its words; all else can be done to it',
  (_what, text) => {
    const { show, press, notice, dialog, edits } = world(0);
    show(text, 'Test it');
    press('E');
    expect([dialog(), edits]).toEqual([null, []]);
    expect(notice()).toBe(
      'Step 1 is too long or holds a secret, so it is not shown whole here: edit the list with e',
    );
    press('-', 'n', 'o', 'return');
    expect(edits).toMatchObject([{ kind: 'skip', step: { number: 1 }, reason: 'no' }]);
  },
);

test('while the user does something else by then, nothing comes in between', async () => {
  const { press, settled, dialog, edits } = world(1);
  press('a', 'b', 'return', '?');
  await settled();
  expect(edits).toHaveLength(1);
  expect(dialog()).toMatchObject({ kind: 'help' });
});

test('an edit that was taken leaves nothing behind', async () => {
  const { press, settled, notice, dialog, edits } = world(0);
  press('-', 'n', 'o', 'return');
  await settled();
  expect(edits).toMatchObject([{ kind: 'skip', reason: 'no' }]);
  expect([dialog(), notice()]).toEqual([null, 'Changed']);
});

test('Enter without a change is no edit', async () => {
  const { press, settled, dialog, edits } = world(0);
  press('E');
  expect(dialog()).toMatchObject({ about: 'reword' });
  press('return');
  await settled();
  expect([dialog(), edits]).toEqual([null, []]);
});
