// What takes long is said at once, and a second key for the same task is answered.

import { expect, test } from 'vitest';
import { acceptConfirmed } from '../../../source/screen/commands/accept-commands.ts';
import type { CommandDeps } from '../../../source/screen/commands/command-deps.ts';
import { mergeConfirmed } from '../../../source/screen/commands/merge-commands.ts';
import { deleteConfirmed } from '../../../source/screen/commands/order-commands.ts';
import { undoConfirmed } from '../../../source/screen/commands/undo-commands.ts';
import type { Confirm } from '../../../source/ui/dialog/dialog.ts';
import { keysWorld } from '../../helpers/pressed-keys.ts';
import { state, task } from '../../ui/sample.ts';

const shop = task('shop', { state: state('done'), done: 3, total: 3, threadId: 'thread' });
const docs = task('docs', { state: state('paused'), total: 3 });
const old = task('old', { state: state('done'), archivedAt: 5 });

/** Everything that is asked of a task takes until `end` is called. `asks`: a deletion is asked about. */
function world({ asks = false } = {}) {
  const asked: string[] = [];
  const ends: (() => void)[] = [];
  const slow = async (what: string, name: string) => {
    asked.push(`${what} ${name}`);
    await new Promise<void>((resolve) => ends.push(resolve));
    return { ok: true, sentence: `${what}: done` } as const;
  };
  const verb = (what: string) => (name: string) => slow(what, name);
  const deps: Partial<CommandDeps> = {
    merging: { plan: verb('plan'), merge: verb('merge'), resolve: verb('resolve') },
    undoing: { plan: verb('undo plan'), undo: verb('undo') },
    ordering: {
      archive: verb('archive'),
      unarchive: verb('unarchive'),
      deletion: async (name) => {
        const answer = await slow('deletion', name);
        return asks ? { would: ['Goes: its list'] } : answer;
      },
      delete: verb('delete'),
    },
    acceptVersion: ({ task: name }) => slow('accept', name),
    takeOver: async (name) => ({ ...(await slow('take over', name)), lines: [] }),
  };
  const keys = keysWorld([shop, docs, old], { selected: 'shop', ...deps });
  return {
    ...keys,
    asked,
    screen: {
      ...deps,
      store: keys.store,
      clock: { now: () => Date.now(), monotonic: () => Date.now() },
    } as CommandDeps,
    end: () => ends.shift()?.(),
  };
}

type Begun = ReturnType<typeof world>;

const confirmed = (command: Confirm['command']): Confirm => ({
  ...{ title: '', question: '', detail: [], yes: '', command, tasks: ['shop'], session: 3 },
});

const slowOnes: readonly [string, string, (begun: Begun) => void][] = [
  ['looking at what merging shop would do', 'plan', ({ press }) => press('M')],
  ['merging shop', 'merge', ({ screen }) => mergeConfirmed(screen, confirmed('merge'))],
  [
    'starting a session that resolves the conflicts of shop',
    'resolve',
    ({ screen }) => mergeConfirmed(screen, confirmed('resolve')),
  ],
  [
    'taking back session 3 of shop',
    'undo',
    ({ screen }) => undoConfirmed(screen, confirmed('undo')),
  ],
  ['looking at what deleting shop would remove', 'deletion', ({ press }) => press('X')],
  ['deleting shop', 'delete', ({ screen }) => deleteConfirmed(screen, confirmed('delete'))],
  ['archiving shop', 'archive', ({ press }) => press('A')],
  [
    'replacing the list of shop',
    'accept',
    ({ screen }) => acceptConfirmed(screen, confirmed('accept-version')),
  ],
];

test.each(slowOnes)(
  '%s is said until it is done, and nothing else begins',
  async (doing, verb, begin) => {
    const begun = world();
    const { press, settled, notice, asked, end } = begun;
    begin(begun);
    expect(notice()?.toLowerCase()).toBe(`${doing} …`);
    for (const key of ['M', 'X', 'A', 'T']) {
      press(key);
      await settled();
      expect(notice()).toBe(`Still ${doing}: wait for it`);
    }
    expect(asked).toEqual([`${verb} shop`]);
    end();
    await settled();
    expect(notice()).toContain(`${verb}: done`);
    press('M');
    expect(asked).toEqual([`${verb} shop`, 'plan shop']);
  },
);

test('what was said of it is gone when its question is there', async () => {
  const { press, settled, notice, dialog, end } = world({ asks: true });
  press('X', 'X');
  expect(notice()).toBe('Still looking at what deleting shop would remove: wait for it');
  end();
  await settled();
  expect([dialog(), notice()]).toMatchObject([{ kind: 'confirm' }, null]);
});

test('bringing a task back, or opening its conversation, is said likewise', async () => {
  const other = world();
  other.press('u');
  expect(other.notice()).toBe('Bringing old back …');
  other.press('u');
  await other.settled();
  expect(other.notice()).toBe('Still bringing old back: wait for it');
  other.end();
  await other.settled();
  expect([other.asked, other.notice()]).toEqual([['unarchive old'], 'unarchive: done']);
  const { press, settled, notice, asked } = world();
  press('T');
  expect(notice()).toBe('Opening the conversation of shop …');
  press('T', 'M');
  await settled();
  expect([asked, notice()]).toEqual([['take over shop'], 'Still taking over shop: wait for it']);
});

test('another task is not held up', async () => {
  const { press, settled, asked } = world();
  press('M', 'g', 'M', 'j', 'M');
  await settled();
  expect(new Set(asked)).toEqual(new Set(['plan shop', 'plan docs']));
});
