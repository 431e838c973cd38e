// A search in the log, from its first letter to its last match, as in less and vim.

import { describe, expect, test } from 'vitest';
import { matcherFor, type Matcher } from '../../../../source/core/search/query.ts';
import type { SearchResults } from '../../../../source/core/log/snapshot.ts';
import { changedLog, type LogAction } from '../../../../source/ui/view/log/actions.ts';
import { settledLog } from '../../../../source/ui/view/log/settled-log.ts';
import { followingLog } from '../../../../source/ui/view/log/view.ts';
import { movedLog } from '../../../../source/ui/view/log/scroll.ts';
import { logMark, logRows, type LogPane } from '../../../../source/ui/rows/log/log-rows.ts';
import { rowText } from '../../../../source/ui/rows/row.ts';
import { entry, now } from '../../sample.ts';

const entries = ['alpha', 'beta', 'alphabet', 'gamma', 'delta alpha', 'epsilon'].map((text) =>
  entry('12:04:00', { kind: 'message', text }),
);

function matcherOf(text: string): Matcher {
  const matcher = matcherFor({ text, form: 'plain' });
  if ('problem' in matcher) throw new Error(matcher.problem);
  return matcher;
}

/** All of the log is searched. */
function resultsOf({ search }: LogPane): SearchResults | null {
  if (search === null) return null;
  const found = entries
    .filter(({ body }) => body.kind === 'message' && search.matcher.isIn(body.text))
    .map(({ offset }) => offset);
  return {
    query: search.query,
    count: found.length,
    searching: null,
    problem: null,
    after: (offset) => found.find((one) => one > offset) ?? null,
    before: (offset) => found.findLast((one) => one < offset) ?? null,
    rank: (offset) => found.indexOf(offset) + 1 || null,
  };
}

const settled = (pane: LogPane): LogPane => {
  const known = { ...pane, results: resultsOf(pane) };
  return { ...known, ...settledLog(known) };
};

const atEnd: LogPane = {
  entries,
  ...followingLog,
  isLive: false,
  width: 60,
  height: 3,
  now,
  animationFrame: 0,
};

const done = (pane: LogPane, ...actions: LogAction[]): LogPane =>
  actions.reduce((one, action) => settled({ ...one, ...changedLog(one, action) }), pane);

const searchFor = (text: string, stage: 'typing' | 'done'): LogAction => ({
  type: 'searched',
  query: { text, form: 'plain' },
  matcher: matcherOf(text),
  stage,
});
const typed = (pane: LogPane, ...texts: string[]) =>
  done(pane, ...texts.map((text) => searchFor(text, 'typing')));

const next: LogAction = { type: 'match-moved', by: 1 };
const previous: LogAction = { type: 'match-moved', by: -1 };
const cancelled: LogAction = { type: 'search-cancelled' };

/** The selected entry; null while the log follows its end. */
const marked = (pane: LogPane) =>
  logRows(pane)
    .map((row) => /▸\S+ +(.*?) *$/.exec(rowText(row))?.[1])
    .find((text) => text !== undefined) ?? null;
const says = (pane: LogPane) =>
  logMark(pane)
    .map(({ text }) => text)
    .join('');

describe('the first match', () => {
  const back = { ...atEnd, scroll: movedLog(atEnd, 'up') };
  const atTop = { ...atEnd, scroll: movedLog(atEnd, 'first') };

  test('is the last one while the log follows its end', () => {
    expect(marked(done(atEnd, searchFor('alpha', 'done')))).toBe('delta alpha');
  });

  test('is otherwise the next one, beginning with the selected entry', () => {
    expect(marked(done(atTop, searchFor('bet', 'done')))).toBe('beta');
    expect(marked(done(back, searchFor('alpha', 'done')))).toBe('delta alpha');
  });

  test('is the first of the log where there is none further down, and that is said', () => {
    const wrapped = done(back, searchFor('bet', 'done'));
    expect([marked(wrapped), says(wrapped)]).toEqual([
      'beta',
      '1 of 2 matches · wrapped to the top · scrolled back',
    ]);
  });
});

describe('while the query is typed', () => {
  test('each letter jumps to its first match, from where the search began', () => {
    expect(marked(typed(atEnd, 'a'))).toBe('delta alpha');
    expect(marked(typed(atEnd, 'a', 'al', 'alphab'))).toBe('alphabet');
    // One letter less finds the nearer match again.
    expect(marked(typed(atEnd, 'a', 'alphab', 'alpha'))).toBe('delta alpha');
  });

  test('a query without a match goes back to where the search began', () => {
    const back = { ...atEnd, scroll: movedLog(atEnd, 'up') };
    const found = typed(back, 'alphabet');
    expect(marked(found)).toBe('alphabet');
    expect(marked(typed(found, 'alphabets'))).toBe('delta alpha');
    expect(typed(atEnd, 'beta', 'betas').scroll).toBe(atEnd.scroll);
  });

  test('Esc goes back to where the search began, and to the search before it', () => {
    expect(done(typed(atEnd, 'b', 'beta'), cancelled)).toMatchObject({
      scroll: { follow: true },
      search: null,
    });
    const before = done(atEnd, searchFor('gamma', 'done'));
    const after = done(typed(before, 'b', 'beta'), cancelled);
    expect(after.search).toBe(before.search);
    expect(marked(after)).toBe('gamma');
  });

  test('Enter stays where it is', () => {
    const found = done(typed(atEnd, 'b', 'beta'), searchFor('beta', 'done'));
    expect(marked(found)).toBe('beta');
    expect(found.search).not.toHaveProperty('before');
    expect(marked(done(found, cancelled))).toBe('beta');
  });
});

describe('from match to match', () => {
  const last = done(atEnd, searchFor('alpha', 'done'));

  test('a step past the last match says that it goes on at the top', () => {
    expect([marked(last), says(last)]).toEqual(['delta alpha', '3 of 3 matches · scrolled back']);
    const wrapped = done(last, next);
    expect(marked(wrapped)).toBe('alpha');
    expect(says(wrapped)).toBe('1 of 3 matches · wrapped to the top · scrolled back');
    expect(says(done(wrapped, next))).toBe('2 of 3 matches · scrolled back');
  });

  test('a step before the first match says that it goes on at the bottom', () => {
    const wrapped = done(last, previous, previous, previous);
    expect(marked(wrapped)).toBe('delta alpha');
    expect(says(wrapped)).toContain('3 of 3 matches · wrapped to the bottom');
  });
});

test('of the matches in view, only the current one is drawn as current', () => {
  const pane = { ...done(atEnd, searchFor('alpha', 'done'), previous), height: 6 };
  const looks = logRows(pane).map((row) =>
    row.filter(({ style }) => style.on).map(({ text, style }) => [text, style]),
  );
  expect(looks).toEqual([
    [['alpha', { on: 'match' }]],
    [],
    [['alpha', { on: 'current match' }]],
    [],
    [['alpha', { on: 'match' }]],
    [],
  ]);
});

test('the time beside an entry is not a match', () => {
  const pane = done(atEnd, searchFor('12', 'done'));
  expect(logRows(pane).some((row) => row.some(({ style }) => style.on))).toBe(false);
});
