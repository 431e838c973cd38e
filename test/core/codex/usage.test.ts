import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Usage } from '../../../source/core/codex/log-event.ts';
import {
  addUsage,
  createUsageLedger,
  noUsage,
  readUsage,
  usageSince,
} from '../../../source/core/codex/usage.ts';

function usage(inputTokens: number, cached = 0, outputTokens = 0, reasoningTokens = 0): Usage {
  return { inputTokens, cachedInputTokens: cached, outputTokens, reasoningTokens };
}

const anyUsage = fc
  .tuple(fc.nat(1e9), fc.nat(1e9), fc.nat(1e9), fc.nat(1e9))
  .map((numbers) => usage(...numbers));

describe('readUsage', () => {
  test('a missing or invalid count is 0', () => {
    expect(readUsage({})).toEqual(noUsage);
    expect(readUsage({ input_tokens: -5, output_tokens: '7', cached_input_tokens: 1e400 })).toEqual(
      noUsage,
    );
  });
});

describe('usageSince', () => {
  test('is the difference of two totals', () => {
    expect(usageSince(usage(1000, 200, 50, 10), usage(3000, 600, 150, 30))).toEqual(
      usage(2000, 400, 100, 20),
    );
  });

  test('is the whole total when none was known', () => {
    expect(usageSince(null, usage(1000, 200, 50, 10))).toEqual(usage(1000, 200, 50, 10));
  });

  test('is the whole total when the thread counts again, even for fields that did not shrink', () => {
    expect(usageSince(usage(8000, 0, 10), usage(500, 0, 50))).toEqual(usage(500, 0, 50));
  });

  test('a version that reports less does not look like a thread that counts again', () => {
    expect(usageSince(usage(1000, 200, 50, 10), usage(2000, 400, 100, 0))).toEqual(
      usage(1000, 200, 50, 0),
    );
  });

  test('the cost added to the earlier total is the new total', () => {
    fc.assert(
      fc.property(anyUsage, anyUsage, (before, spent) => {
        const totals = addUsage(before, spent);
        expect(addUsage(before, usageSince(before, totals))).toEqual(totals);
      }),
    );
  });

  test('is never below zero', () => {
    fc.assert(
      fc.property(anyUsage, anyUsage, (before, totals) => {
        for (const tokens of Object.values(usageSince(before, totals))) {
          expect(tokens).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});

describe('the ledger', () => {
  test('three turns of one resumed thread cost the same each', () => {
    const ledger = createUsageLedger();
    const costs = [1000, 2000, 3000].map((total) => ledger.spent('a', usage(total)));
    expect(costs).toEqual([usage(1000), usage(1000), usage(1000)]);
    expect(ledger.total()).toEqual(usage(3000));
  });

  test('continues from totals that were known before', () => {
    expect(createUsageLedger([['a', usage(8000)]]).spent('a', usage(9000))).toEqual(usage(1000));
  });

  test('a thread is known once it was met or has reported, and meeting it again changes nothing', () => {
    const ledger = createUsageLedger();
    expect(ledger.knows('a')).toBe(false);
    ledger.meet('a');
    expect(ledger.knows('a')).toBe(true);
    ledger.spent('a', usage(1000));
    ledger.meet('a');
    expect(ledger.spent('a', usage(1500))).toEqual(usage(500));
  });

  test('interleaved threads do not disturb each other', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), anyUsage)), (turns) => {
        const ledger = createUsageLedger();
        const totals = new Map<string, Usage>();
        for (const [thread, cost] of turns) {
          const total = addUsage(totals.get(thread) ?? noUsage, cost);
          totals.set(thread, total);
          expect(ledger.spent(thread, total)).toEqual(cost);
        }
        expect(ledger.total()).toEqual([...totals.values()].reduce(addUsage, noUsage));
      }),
    );
  });
});
