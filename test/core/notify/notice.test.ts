// The words of a notification, and how many there are.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BoardNews } from '../../../source/core/notify/board-news.ts';
import { notifyEvents } from '../../../source/core/notify/events.ts';
import { noticeOf, noticeOfAll } from '../../../source/core/notify/notice.ts';
import { paced } from '../../../source/core/notify/notice-pace.ts';

/** What may stand in a name or a reason, and what ends or hides text on a terminal. */
const foreign = fc.string({
  unit: fc.constantFrom(
    'a',
    'é',
    '漢',
    '😀',
    ' ',
    '/',
    ';',
    '\n',
    '\u0007',
    '\u001B',
    '\u009C',
    '\u202E',
  ),
  maxLength: 400,
  size: 'max',
});

const newsOf = (event: BoardNews['event'], label: string, sentence = ''): BoardNews => ({
  ...{ event, label, sentence, key: label },
});

test('it names the task, what happened, why, and the project', () => {
  expect(noticeOf(newsOf('needs you', 'shop', 'Codex is not logged in'), '~/work')).toEqual({
    title: 'shop needs you',
    body: 'Codex is not logged in - work',
  });
});

test('of several it counts what happened, and names the tasks', () => {
  const news = [
    newsOf('needs you', 'shop'),
    newsOf('done', 'docs'),
    newsOf('needs you', 'api'),
    newsOf('failed', 'blog'),
  ];
  expect(noticeOfAll(news, '~/work')).toEqual({
    title: '2 tasks need you, 1 is done, 1 has failed',
    body: 'shop, docs, api, blog - work',
  });
});

test('it is short and of one line, whatever tasks and reasons are called', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          event: fc.constantFrom(...notifyEvents),
          label: foreign,
          sentence: foreign,
          key: fc.constant(''),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      foreign,
      (news, project) => {
        const notices = [noticeOfAll(news, project), ...news.map((one) => noticeOf(one, project))];
        for (const { title, body } of notices) {
          expect([...title].length).toBeLessThanOrEqual(80);
          expect([...body].length).toBeLessThanOrEqual(203);
          expect(title + body).not.toMatch(/\p{Cc}/u);
        }
      },
    ),
  );
});

test('there are at most three in half a minute, and each thing is in one of them', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 40 }), (gaps) => {
      const told: { at: number; things: readonly number[] }[] = [];
      let waiting: readonly number[] = [];
      let at = 0;
      let wakesAt: number | null = null;
      const tell = (now: number): void => {
        const next = paced(
          waiting,
          told.map((one) => one.at),
          now,
        );
        for (const things of next.now) told.push({ at: now, things });
        waiting = next.later;
        wakesAt = next.waitsMs === null ? null : now + next.waitsMs;
      };
      for (const [thing, gap] of gaps.entries()) {
        at += gap;
        if (wakesAt !== null && wakesAt < at) tell(wakesAt);
        waiting = [...waiting, thing];
        tell(at);
      }
      if (wakesAt !== null) tell(wakesAt);
      expect(told.flatMap(({ things }) => things)).toEqual([...gaps.keys()]);
      for (const { at: begin } of told) {
        const near = told.filter((one) => one.at >= begin && one.at < begin + 30_000);
        expect(near.length).toBeLessThanOrEqual(3);
      }
    }),
  );
});

test('three at once are three, four at once are one', () => {
  expect(paced([1, 2, 3], [], 0).now).toEqual([[1], [2], [3]]);
  expect(paced([1, 2, 3, 4], [], 0).now).toEqual([[1, 2, 3, 4]]);
});
