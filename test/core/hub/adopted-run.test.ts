import { expect, test } from 'vitest';
import {
  adoptedRun,
  conversationOf,
  sandboxSentence,
} from '../../../source/core/hub/adopted-run.ts';
import type { SessionRecord } from '../../../source/core/run/record.ts';
import { recordWith } from '../../helpers/run-records.ts';

const directory = { device: 9, inode: 8, bornAt: 7 };
const here = {
  ...{ directory, now: 1000, conversation: null },
  sandbox: 'workspace-write' as const,
};
const session: SessionRecord = {
  number: 4,
  uuid: 'u-4',
  role: 'executor',
  resumes: null,
  threadId: 'thread',
  startedAt: 1,
  log: { offset: 500, device: 1, inode: 2 },
  output: 'own file',
  codex: { pid: 42, startTime: '1', bootId: 'there' },
  ended: null,
};

test('of a session that ran elsewhere, nothing here is signalled, read or resumed', () => {
  const record = recordWith({ session, worked: { ms: 5, since: 3 } });
  expect(adoptedRun(record, here)).toMatchObject({
    directory,
    worked: { ms: 5, since: null },
    thread: null,
    stage: null,
    session: {
      number: 4,
      codex: null,
      threadId: null,
      log: { offset: 0, device: -1, inode: -1 },
      ended: { at: 1000, outcome: 'interrupted', copy: null },
    },
  });
});

test('a session that had ended there keeps how it ended', () => {
  const ended = { at: 5, outcome: 'completed', copy: { length: 9, sha256: 'x' } };
  const record = recordWith({ session: { ...session, ended } });
  const adopted = adoptedRun(record, here);
  expect(adopted.session?.ended).toEqual({ at: 5, outcome: 'completed', copy: null });
});

test.each([
  ['danger-full-access', 'workspace-write', /here it goes on in workspace-write/],
  ['workspace-write', 'danger-full-access', /here it goes on with full access/],
  ['workspace-write', 'workspace-write', null],
] as const)(
  'one that was in %s is in %s where the worker is, which is said',
  (there, sandbox, said) => {
    const record = recordWith({ sandbox: there });
    expect(adoptedRun(record, { ...here, sandbox }).sandbox).toBe(sandbox);
    const sentence = sandboxSentence(record, { sandbox });
    if (said === null) expect(sentence).toBe(null);
    else expect(sentence).toMatch(said);
  },
);

test('the counts and the ladder of the run go on', () => {
  const record = recordWith({ session: null, sessionsInRun: 6, failuresInARow: 2 });
  const adopted = adoptedRun(record, here);
  expect(adopted).toMatchObject({ run: record.run, sessionsInRun: 6, failuresInARow: 2 });
});

const totals = { inputTokens: 9, cachedInputTokens: 0, outputTokens: 1, reasoningTokens: 0 };

test('its conversation goes on here if it came along, and counts no token twice', () => {
  const record = recordWith({ session, thread: { id: 'thread', totals } });
  const came = adoptedRun(record, { ...here, conversation: 'thread' });
  expect(came).toMatchObject({ session: { threadId: 'thread' }, thread: { id: 'thread', totals } });
  const other = adoptedRun(record, { ...here, conversation: 'another' });
  expect(other).toMatchObject({ session: { threadId: null }, thread: null });
});

test.each<[string, Partial<SessionRecord>, string | null]>([
  ['that of its last session', {}, 'thread'],
  [
    'the one that a session was to resume, which had not begun',
    { threadId: null, resumes: 'r' },
    'r',
  ],
  ['never that of a Reviewer', { role: 'reviewer' }, 'counted'],
  ['the last one that is known, where a session had none', { threadId: null }, 'counted'],
])('the conversation that goes along is %s', (_which, more, expected) => {
  const record = recordWith({
    session: { ...session, ...more },
    thread: { id: 'counted', totals },
  });
  expect(conversationOf(record)).toBe(expected);
});

test('a run without a session has no conversation', () => {
  expect(conversationOf(recordWith({ session: null, thread: null }))).toBe(null);
});
