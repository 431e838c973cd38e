import { expect, test } from 'vitest';
import { readLogLine } from '../../../source/core/codex/read-line.ts';
import { checkLine } from '../../../source/core/check/words.ts';
import { createSessionFold } from '../../../source/core/codex/session.ts';
import { copiedText, entryAs, textsOfEvent } from '../../../source/core/log/entry-text.ts';
import { passesFilter } from '../../../source/core/log/filter.ts';
import { entriesOf, message } from '../../helpers/log-lines.ts';
import { receiptOf } from './receipts.ts';

const failure = receiptOf({ outcome: 'failed', tail: 'one\n\u001B[31mtwo' });
const line = checkLine(failure);

test('a check is one entry, with its end and what it printed, clean', () => {
  const [entry] = entriesOf([line]).list();
  expect(entry?.body).toEqual({
    kind: 'check',
    command: 'npm test',
    output: 'one\ntwo',
    outcome: 'failed',
    exitCode: 1,
    durationMs: 12_000,
  });
  expect(entryAs('text', entry!)).toBe(
    '2026-09-21T14:13:20.000Z  check: npm test\n  one\n  two\n  ✗ exit 1',
  );
  expect(copiedText(entriesOf([checkLine(receiptOf())]).list()[0]!)).toBe('check: npm test');
});

test('the search and the filters find it', () => {
  expect(textsOfEvent(readLogLine(line))).toContain('npm test');
  const [failed, passed] = entriesOf([line, checkLine(receiptOf())]).list();
  const shown = (kind: 'commands' | 'failed commands') =>
    [failed, passed].map((entry) => passesFilter(entry!, { kind, session: null }));
  expect(shown('commands')).toEqual([true, true]);
  expect(shown('failed commands')).toEqual([true, false]);
});

test('the outcome of a session does not depend on it', () => {
  const resultOf = (...lines: readonly string[]) => {
    const fold = createSessionFold();
    for (const each of lines) fold.push(readLogLine(each));
    return fold.result();
  };
  const hello = JSON.stringify(message('hello'));
  expect(resultOf(hello, line)).toEqual(resultOf(hello));
});
