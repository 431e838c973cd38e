import { describe, expect, test } from 'vitest';
import { textPrinter } from '../../../source/cli/print/headless.ts';
import type { Announcement } from '../../../source/core/run/run.ts';

function printed(...announcements: readonly Announcement[]): string[] {
  let text = '';
  const { listener } = textPrinter((piece) => (text += piece), '/p');
  for (const announcement of announcements) listener.announced(announcement);
  return text.trimEnd().split('\n');
}

describe('a headless run', () => {
  test.each([
    ['usage limit', 'usage limit'],
    ['no network', 'no network'],
    ['turn', 'the maximum number of sessions runs (sessionsAtOnce)'],
  ])('says in words that it waits, and that it continues: %s', (reason, words) => {
    expect(printed({ kind: 'waits', reason, until: null }, { kind: 'goes on' })).toEqual([
      `ℹ Waiting: ${words}`,
      'ℹ Continuing',
    ]);
  });

  test('says until when it waits, if that is known', () => {
    const until = new Date(Date.now() + 1000).getTime();
    expect(printed({ kind: 'waits', reason: 'usage limit', until })).toEqual([
      expect.stringMatching(/^ℹ Waiting until .*\d\d:\d\d: usage limit$/),
    ]);
  });
});
