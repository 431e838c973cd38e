import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Check, Receipt } from '../../../source/core/check/check.ts';
import type { TreeName } from '../../../source/core/stage/tree.ts';
import {
  afterChange,
  noHistory,
  verdictOf,
  withReceipt,
  type CheckHistory,
} from '../../../source/core/check/history.ts';
import { checksRecord, readCheckHistory } from '../../../source/core/check/record.ts';
import { receiptOf } from './receipts.ts';

const check: Check = { command: 'npm test', network: false };
const tree: TreeName = { kind: 'git', id: 'aaa' };
const otherTree: TreeName = { kind: 'git', id: 'bbb' };
const now = { tree, session: 3 };

function after(...receipts: readonly Receipt[]): CheckHistory {
  return receipts.reduce(withReceipt, noHistory);
}

describe('a task is done as far as its checks go', () => {
  test('when it has none', () => {
    expect(verdictOf([], noHistory, now).unmet).toEqual([]);
  });

  test('when each passed on the very files that are called done', () => {
    const verdict = verdictOf([check], after(receiptOf()), now);
    expect(verdict).toEqual({
      unmet: [],
      regressed: [],
      neverPassed: [],
      stale: [],
      notStarted: [],
    });
  });

  test.each<[string, CheckHistory, string]>([
    ['there is no receipt', noHistory, 'not run'],
    ['it passed on other files', after(receiptOf({ tree: otherTree })), 'files changed since'],
    ['it may use the network now', after(receiptOf({ network: true })), 'files changed since'],
    ['it fails', after(receiptOf({ outcome: 'failed' })), 'failed'],
    ['it took too long', after(receiptOf({ outcome: 'timed out' })), 'timed out'],
    [
      'it could not start',
      after(receiptOf(), receiptOf({ outcome: 'not started' })),
      'not started',
    ],
    [
      'it was interrupted',
      after(receiptOf(), receiptOf({ outcome: 'interrupted' })),
      'interrupted',
    ],
  ])('not when %s', (_why, history, why) => {
    expect(verdictOf([check], history, now).unmet).toEqual([{ check, why }]);
  });
});

describe('a check', () => {
  test('that passed before and fails now has regressed', () => {
    const failure = receiptOf({ outcome: 'failed' });
    const { regressed, neverPassed } = verdictOf([check], after(receiptOf(), failure), now);
    expect([regressed, neverPassed]).toEqual([[failure], []]);
  });

  test('that has never passed has not regressed', () => {
    const failure = receiptOf({ outcome: 'timed out' });
    const { regressed, neverPassed } = verdictOf([check], after(failure, failure), now);
    expect([regressed, neverPassed]).toEqual([[], [failure]]);
  });

  test('that could not start says nothing about the files', () => {
    const receipt = receiptOf({ outcome: 'not started' });
    const verdict = verdictOf([check], after(receiptOf(), receipt), now);
    expect(verdict).toMatchObject({ regressed: [], neverPassed: [], notStarted: [receipt] });
    expect(verdict.stale).toEqual([check]);
  });

  test('where files cannot be compared counts until the next session', () => {
    for (const trees of [[null, null] as const, [tree, { kind: 'times', id: 'aaa' }] as const]) {
      const history = after(receiptOf({ tree: trees[0] }));
      const at = (session: number) => verdictOf([check], history, { tree: trees[1], session });
      expect(at(3).unmet).toEqual([]);
      expect(at(4).stale).toEqual([check]);
    }
  });

  test('that failed runs again behind the next session, even if no file changed', () => {
    const staleAt = (receipt: Receipt, session: number) =>
      verdictOf([check], after(receipt), { tree, session }).stale;
    const failure = receiptOf({ outcome: 'failed' });
    expect(staleAt(failure, 3)).toEqual([]);
    expect(staleAt(failure, 4)).toEqual([check]);
    expect(staleAt(receiptOf(), 4)).toEqual([]);
  });

  test('that is no longer asked for does not matter, and is remembered', () => {
    const history = after(receiptOf({ outcome: 'failed' }));
    expect(verdictOf([], history, now)).toMatchObject({ unmet: [], neverPassed: [] });
    expect(history).toHaveLength(1);
  });

  test('has its first real run as its baseline', () => {
    const first = receiptOf({ session: 0, outcome: 'failed' });
    const history = after(receiptOf({ outcome: 'not started' }), first, receiptOf());
    expect(history).toEqual([{ receipt: receiptOf(), hasPassed: true, baseline: first }]);
  });

  test('whose files change during it runs again: once for its own changes, twice for those of others', () => {
    expect(afterChange({ byCheck: 1, byOthers: 0 })).toBe('run again');
    expect(afterChange({ byCheck: 2, byOthers: 0 })).toBe('counts with a note');
    expect(afterChange({ byCheck: 0, byOthers: 2 })).toBe('run again');
    expect(afterChange({ byCheck: 0, byOthers: 3 })).toBe('counts with a note');
  });
});

const anyReceipt = fc.record({
  command: fc.constantFrom('npm test', 'make', 'true'),
  network: fc.boolean(),
  session: fc.nat(9),
  at: fc.nat(),
  outcome: fc.constantFrom('passed', 'failed', 'timed out', 'not started', 'interrupted'),
  exitCode: fc.option(fc.nat(255)),
  signal: fc.constantFrom(null, 'SIGKILL'),
  durationMs: fc.nat(),
  tree: fc.constantFrom(null, tree, otherTree, { kind: 'times', id: 'aaa' } as const),
  changedFiles: fc.boolean(),
  tail: fc.constantFrom('', 'one\ntwo'),
  touched: fc.subarray(['test/a.test.ts (changed)']),
  hint: fc.constantFrom(null, 'a hint'),
});
const anyHistory = fc.array(anyReceipt, { maxLength: 8 }).map((all) => after(...all));
const here = { device: 1, inode: 2, bornAt: 3 };
const written = (history: CheckHistory): Record<string, unknown> =>
  JSON.parse(JSON.stringify(checksRecord(history, here))) as Record<string, unknown>;

test('nothing is met that was not seen to pass on these files, whatever came before', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const { unmet } = verdictOf([check], history, { tree, session: 99 });
      const known = history.find(({ receipt }) => receipt.command === check.command)?.receipt;
      const isMet = known?.outcome === 'passed' && !known.network && known.tree === tree;
      expect(unmet.length === 0).toBe(isMet);
    }),
  );
});

test('a receipt that comes twice changes nothing', () => {
  fc.assert(
    fc.property(anyHistory, anyReceipt, (history, receipt) => {
      const once = withReceipt(history, receipt);
      expect(withReceipt(once, receipt)).toEqual(once);
    }),
  );
});

describe('the record of the checks', () => {
  test('gives them back', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        expect(readCheckHistory(written(history), here)).toEqual(history);
      }),
    );
  });

  const kept = written(after(receiptOf()));
  test.each<[string, Parameters<typeof readCheckHistory>]>([
    ['of another directory', [kept, { ...here, inode: 3 }]],
    ['of none', [kept, null]],
    ['that is missing', [null, here]],
    ['of a version to come', [{ ...kept, version: 2 }, here]],
    ['without checks', [{ ...kept, checks: 'none' }, here]],
    ['of an unknown outcome', [{ ...kept, checks: [{ hasPassed: true, receipt: {} }] }, here]],
  ])('%s gives none', (_what, call) => {
    expect(readCheckHistory(...call)).toEqual(noHistory);
  });

  test('that is garbage never calls a check passed', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (checks) => {
        const history = readCheckHistory({ ...kept, checks }, here);
        expect(verdictOf([check], history, now).unmet).toHaveLength(1);
      }),
    );
  });
});
