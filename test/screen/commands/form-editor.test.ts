// The text of a form in the user's editor, on a screen without React.

import { beforeEach, expect, test, vi } from 'vitest';
import type { FieldEditing } from '../../../source/screen/commands/command-deps.ts';
import { keysWorld } from '../../helpers/pressed-keys.ts';
import { now, task } from '../../ui/sample.ts';

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  return () => void vi.useRealTimers();
});

/** The editor is open until `end` is called. */
function world() {
  const opened: FieldEditing[] = [];
  const ends: ((problem: string | null) => void)[] = [];
  const keys = keysWorld([task('shop')], {
    editField: (what) => {
      opened.push(what);
      return new Promise((resolve) => void ends.push(resolve));
    },
    tell: () => new Promise((resolve) => void tells.push(resolve)),
  });
  const tells: ((telling: { ok: false; sentence: string }) => void)[] = [];
  const end = async (problem: string | null): Promise<void> => {
    ends.shift()?.(problem);
    await keys.settled();
  };
  const refuse = async (): Promise<void> => {
    tells.shift()?.({ ok: false, sentence: 'The disk is full' });
    await keys.settled();
  };
  return { ...keys, opened, end, refuse };
}

test('the form for a new task gets the description back, and is as it was otherwise', async () => {
  const { press, opened, end, dialog, notice } = world();
  press('n', ...'Sell', 'tab', ...'till', 'ctrl-g');
  const before = dialog();
  expect(before).toMatchObject({ form: { field: 'name', name: { text: 'till' } } });
  expect(opened).toMatchObject([{ name: 'description', text: 'Sell', maxLength: 1_000_000 }]);
  const text = 'Sell apples\n\nand pears';
  opened[0]?.taken(text);
  await end(null);
  const form = before?.kind === 'new task' ? before.form : null;
  expect(dialog()).toEqual({
    kind: 'new task',
    form: {
      ...form,
      description: { text, cursor: text.length },
      suggestedName: 'sell-apples-pears',
    },
  });
  expect(notice()).toBeNull();
});

test('the tell form gets its text back, and Enter tells it', async () => {
  const { press, opened, end, dialog } = world();
  press('>', ...'use', 'ctrl-g');
  expect(opened).toMatchObject([{ name: 'told', text: 'use', maxLength: 100_000 }]);
  opened[0]?.taken('use npm\nnot yarn');
  await end(null);
  expect(dialog()).toMatchObject({
    kind: 'tell',
    field: { text: 'use npm\nnot yarn', cursor: 16 },
  });
  press('return');
  expect(dialog()).toBeNull();
});

test('a text that is not taken leaves the form as it was, and one sentence says why', async () => {
  const { press, end, dialog, notice } = world();
  press('>', ...'use npm', 'left', 'ctrl-g');
  const before = dialog();
  await end('vi ended with exit code 1, so the form has the text as it was');
  expect(dialog()).toEqual(before);
  expect(notice()).toBe('vi ended with exit code 1, so the form has the text as it was');
});

test('a text that comes back when another dialog is open is the draft', async () => {
  const { press, opened, end, dialog, store } = world();
  press('n', ...'Sell', 'ctrl-g');
  store.act({ type: 'dialog-opened', dialog: { kind: 'help', top: 0 } });
  opened[0]?.taken('Sell apples');
  await end(null);
  expect(dialog()).toMatchObject({ kind: 'help' });
  press('escape', 'n');
  expect(dialog()).toMatchObject({ form: { description: { text: 'Sell apples' } } });
});

test('a text that was not told meanwhile stays before the one that comes back', async () => {
  const { press, opened, end, refuse, dialog } = world();
  press('>', ...'first', 'return', '>', ...'sec', 'ctrl-g');
  await refuse();
  opened[0]?.taken('second');
  await end(null);
  expect(dialog()).toMatchObject({ field: { text: 'first\n\nsecond' } });
});
