import { expect, test } from 'vitest';
import { rowText } from '../../../../source/ui/rows/row.ts';
import { logTitle } from '../../../../source/ui/rows/log/log-title.ts';
import { noteRuns } from '../../../../source/ui/rows/tasks/task-notes.ts';
import { now, state, task } from '../../sample.ts';

const session = { number: 4, role: 'executor', startedAt: now - 192_000, endedAt: null } as const;

const noted = (changes: Parameters<typeof task>[1], width: number, hasWord = false) =>
  rowText(noteRuns(task('shop', changes), { now, width, hasWord }));

test('a session that will be the last one shows its number and that it pauses', () => {
  const pausing = { session, state: state('running', { reason: 'pauses after this session' }) };
  expect(noted(pausing, 70, true)).toBe('session 4 · working · 3m 12s · pauses after this session');
  expect(noted(pausing, 48)).toBe('session 4 · 3m 12s · pauses after this session');
  expect(noted(pausing, 30)).toBe('pauses after this session');
});

test('the problem of a task replaces what it does', () => {
  expect(noted({ session, state: state('running'), problem: 'No list' }, 60)).toBe('No list');
});

test('the state’s word comes before a reason that is cut, if there is room for both', () => {
  const reason = 'The model said no five times in a row: status 418';
  expect(noted({ state: state('failed', { reason }) }, 46)).toMatch(/^failed: The model said no/);
  expect(noted({ state: state('failed', { reason }) }, 30)).toBe(reason);
  expect(noted({ state: state('failed', { reason }) }, 60, true)).toBe(reason);
});

test('a reason that fits is not cut to make room for the word', () => {
  const needing = { state: state('needs you', { reason: 'not logged in: run codex login' }) };
  expect(noted(needing, 41)).toBe('needs you: not logged in: run codex login');
  expect(noted(needing, 40)).toBe('not logged in: run codex login');
});

test('a stopped task says so once', () => {
  const reason = '2 of 2 sessions used';
  expect(noted({ state: state('stopped', { reason }) }, 30)).toBe(`stopped: ${reason}`);
  expect(noted({ state: state('stopped') }, 30)).toBe('stopped with steps left');
});

test('row and title of a session say the same time, also after its end', () => {
  for (const endedAt of [null, now - 3000]) {
    const shown = task('shop', { state: state('running'), session: { ...session, endedAt } });
    const time = endedAt === null ? '3m 12s' : '3m 09s';
    expect(rowText(noteRuns(shown, { now, width: 60 }))).toContain(` ${time}`);
    expect(rowText(logTitle({ task: shown, width: 60, now, style: {} }))).toContain(` ${time}`);
  }
});

test('a task that is starting says so, and names no session of a run before', () => {
  const ended = { ...session, endedAt: now - 60_000 };
  const starting = task('shop', { state: state('starting'), session: ended, total: 2 });
  expect(rowText(noteRuns(starting, { now, width: 60 }))).toBe('starting');
  expect(rowText(logTitle({ task: starting, width: 60, now, style: {} }))).toBe('shop · starting');
});

test('a failing check and unproven ticks come behind the session, as far as there is room', () => {
  const failing = {
    session,
    state: state('running'),
    unmet: 'check fails: npm test',
    unproven: 2,
  };
  expect(noted(failing, 80)).toBe(
    'running · session 4 · working · 3m 12s · check fails: npm test · 2 unproven',
  );
  expect(noted(failing, 60, true)).toBe('session 4 · 3m 12s · check fails: npm test · 2 unproven');
  expect(noted(failing, 46)).toBe('session 4 · 3m 12s · check fails: npm test');
  expect(noted(failing, 30)).toBe('check fails: npm test');
  expect(noted(failing, 16)).toBe('check fails: np…');
});

test('a done task says that ticks are unproven; a held up one first why', () => {
  const done = { state: state('done'), total: 3, done: 3, unproven: 2 };
  expect(noted(done, 30)).toBe('done · 2 unproven');
  expect(noted(done, 30, true)).toBe('2 unproven');
  const unmet = 'check fails: npm test';
  expect(noted({ state: state('needs you', { reason: 'not logged in' }), unmet }, 30)).toBe(
    'needs you: not logged in',
  );
  const reason = `3 repair sessions: ${unmet}`;
  expect(noted({ state: state('needs you', { reason }), unmet }, 70)).toBe(`needs you: ${reason}`);
  expect(noted({ state: state('stopped'), unmet }, 60)).toBe(`stopped with steps left · ${unmet}`);
});
