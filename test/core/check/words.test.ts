import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noHistory, verdictOf, withReceipt } from '../../../source/core/check/history.ts';
import { lastLines, maxTailLength, tailOf } from '../../../source/core/check/tail.ts';
import {
  checkLine,
  checksNamed,
  checkSentence,
  checksTold,
  maxTellingLength,
} from '../../../source/core/check/words.ts';
import type { Receipt } from '../../../source/core/check/check.ts';
import { receiptOf } from './receipts.ts';

function verdictAfter(...receipts: readonly Receipt[]) {
  const history = receipts.reduce(withReceipt, noHistory);
  return verdictOf(
    history.map(({ receipt: { command, network } }) => ({ command, network })),
    history,
    { tree: receiptOf().tree, session: 3 },
  );
}

const failure = receiptOf({ outcome: 'failed', tail: 'FAIL todo.test.ts\n1 failed' });

describe('the next session', () => {
  test('is told what failed, with its last words, and that it worked before', () => {
    expect(checksTold(verdictAfter(receiptOf(), failure))).toBe(
      [
        'Check: npm test',
        'It ended with exit code 1 after 12 s. This check passed before; fix this first.',
        'Its last lines:',
        '  FAIL todo.test.ts',
        '  1 failed',
      ].join('\n'),
    );
  });

  test('is told of a check that has never passed, after those that did', () => {
    const lint = receiptOf({ ...failure, command: 'npm run lint', hint: 'a hint' });
    const told = checksTold(verdictAfter(lint, receiptOf(), failure));
    expect(told).toMatch(
      /^Check: npm test\n[^]*\nCheck: npm run lint\n.* has never passed; it must pass before the task is done\.\n\(a hint\)/u,
    );
  });

  test('is told that a check took too long', () => {
    const slow = receiptOf({ outcome: 'timed out', exitCode: null, durationMs: 1_800_000 });
    expect(checksTold(verdictAfter(slow))).toContain(
      'It was ended after 30m 00s, because it took too long.',
    );
  });

  test('is told nothing when all passed, or could not start', () => {
    expect(checksTold(verdictAfter(receiptOf()))).toBe('');
    expect(checksTold(verdictAfter(receiptOf({ outcome: 'not started' })))).toBe('');
  });

  test('knows the checks by name', () => {
    expect(checksNamed([])).toBe('');
    expect(checksNamed([{ command: 'npm test', network: false }])).toContain(
      '  npm test   (without network)',
    );
  });

  test('is never told more than 2 KiB, however many fail and whatever they print', () => {
    const many = fc.array(
      fc.record({
        command: fc.string({ minLength: 1, maxLength: 4000 }),
        tail: fc.string({ maxLength: 9000 }),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(many, (all) => {
        const told = checksTold(
          verdictAfter(...all.map((each) => receiptOf({ ...failure, ...each }))),
        );
        expect(told.length).toBeLessThanOrEqual(2 * maxTellingLength);
        expect([...told].length).toBeLessThanOrEqual(maxTellingLength);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a row says', () => {
  test.each<[string | null, Receipt[]]>([
    [null, [receiptOf()]],
    ['check fails: npm test', [failure]],
    ['check fails: npm test (and 1 more)', [failure, receiptOf({ ...failure, command: 'make' })]],
    ['check takes too long: npm test', [receiptOf({ outcome: 'timed out' })]],
    [
      'check could not start: npm test (bwrap: no)',
      [receiptOf({ outcome: 'not started', tail: 'bwrap: no' })],
    ],
  ])('%s', (sentence, receipts) => {
    expect(checkSentence(verdictAfter(...receipts))).toBe(sentence);
  });
});

test('the line of the log has the facts of the receipt', () => {
  expect(JSON.parse(checkLine(failure))).toEqual({
    type: 'autonomous.check',
    session: 3,
    at: '2026-09-21T14:13:20.000Z',
    command: 'npm test',
    network: false,
    outcome: 'failed',
    exitCode: 1,
    signal: null,
    durationMs: 12_000,
    tree: 'aaa',
    tail: 'FAIL todo.test.ts\n1 failed',
  });
});

describe('the end of an output', () => {
  test('begins at a line, and is bounded', () => {
    const tail = tailOf(Array.from({ length: 5000 }, (_, at) => `line ${at}`).join('\n'));
    expect(tail).toMatch(/^line \d+\n[^]*\nline 4999$/u);
    expect(tail.length).toBeLessThanOrEqual(maxTailLength);
  });

  test('has of a progress bar the last state, and neither escapes nor binary', () => {
    expect(tailOf('10%\r50%\r100%\r\n\u001B[31mred\u001B[0m \u001B]52;c;aGk=\u0007\0ok')).toBe(
      '100%\nred ok',
    );
  });

  test('is bounded for one endless line, too', () => {
    expect(tailOf('x'.repeat(300_000)).length).toBeLessThanOrEqual(maxTailLength);
    expect(lastLines('one\ntwo\nthree', 10)).toBe('two\nthree');
  });

  test('hides keys', () => {
    expect(tailOf('OPENAI_API_KEY=sk-proj-abcdefghijklmnop1234')).not.toContain('mnop1234');
  });
});
