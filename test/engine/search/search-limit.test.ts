// A regex that backtracks forever is given up, and everything else goes on.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cpuMs } from '../../helpers/cpu-time.ts';
import { matcherFor, type SearchQuery } from '../../../source/core/search/query.ts';
import { createLogSearch } from '../../../source/engine/search/search.ts';
import { boundedMatcher } from '../../../source/screen/bounded-matcher.ts';
import { systemClock } from '../../../source/system/clock.ts';
import { indexLog } from '../../../source/system/log/log-index.ts';
import { withinTime } from '../../../source/system/time-limit.ts';
import { message } from '../../helpers/log-lines.ts';

const hard = `${'a'.repeat(60)}!`;
const forEver: SearchQuery = { form: 'expression', text: '(a+)+$' };

test('a regex that would take forever is given up in the log, and the next one finds its matches', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'log-search-'));
  const path = join(directory, 'session.log');
  const lines = [message('easy'), message(hard, 'x'), message('easy too', 'y')];
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const index = indexLog(path);
  while (!(await index.read()).atEnd);
  const search = createLogSearch({ clock: systemClock, index, withinTime });
  try {
    const before = cpuMs();
    search.want(forEver, 'end');
    while (await search.goOn());
    expect(cpuMs() - before).toBeLessThan(5000);
    expect(search.results()).toMatchObject({
      searching: null,
      problem: 'this regex takes too long',
    });
    search.want({ form: 'expression', text: 'ea.y' }, 'end');
    while (await search.goOn());
    expect(search.results()).toMatchObject({ count: 2, searching: null, problem: null });
  } finally {
    await index.close();
    rmSync(directory, { recursive: true, force: true });
  }
});

test('rows on which a regex would take forever are drawn without matches', () => {
  const matcher = matcherFor(forEver);
  if ('problem' in matcher) throw new Error(matcher.problem);
  const bounded = boundedMatcher(matcher, forEver, withinTime);
  expect(bounded.spansIn('bab aa')).toEqual([{ start: 4, end: 6 }]);
  const before = cpuMs();
  for (let row = 0; row < 100; row++) expect(bounded.isIn(`${hard}${row}`)).toBe(false);
  expect(cpuMs() - before).toBeLessThan(2000);
});

test('a computation that ends in time returns its value, and what it throws is thrown', () => {
  expect(withinTime(() => 7, 1000)).toEqual({ value: 7 });
  expect(() =>
    withinTime(() => {
      throw new Error('mine');
    }, 1000),
  ).toThrow('mine');
  expect(withinTime(() => /^(a+)+$/u.test(hard), 20)).toBe(null);
});
