import { expect, test } from 'vitest';
import type { Entry } from '../../../../source/core/log/entry.ts';
import { followingLog } from '../../../../source/ui/view/log/view.ts';
import { rowsAt, type LogPane } from '../../../../source/ui/rows/log/log-rows.ts';
import { rowText } from '../../../../source/ui/rows/row.ts';
import { at, entry, now } from '../../sample.ts';

test('what came after a session stands behind its end: what it was told, and a take-over', () => {
  const session = {
    ...{ kind: 'session', session: 4, role: 'worker', resumes: null, threadId: null, uuid: null },
    ...{
      copy: 'none',
      ended: { at: at('08:30:00'), outcome: 'paused', exitCode: null },
      cost: null,
    },
  } as const;
  const entries: Entry[] = [
    entry('08:27:00', session as Entry['body']),
    entry('08:28:00', { kind: 'message', text: 'Working' }),
    entry('08:30:01', { kind: 'told', session: 4, texts: ['Use PostgreSQL'] }),
    entry('08:40:00', { kind: 'taken-over', message: 'You took over' }),
  ];
  const pane: LogPane = {
    ...followingLog,
    ...{ entries, isLive: false, width: 60, height: 20, now, animationFrame: 0 },
  };
  const rows = entries.flatMap((_, index) => [...rowsAt(pane, index).slice(0)]);
  expect(rows.map((row) => rowText(row).slice(0, 22).trim())).toEqual([
    expect.stringContaining('08:27:00'),
    '08:28:00  Working',
    expect.stringContaining('08:30:00  Session 4'),
    '08:30:01  You told se',
    '> Use Postg',
    '08:40:00  · You took',
  ]);
});
