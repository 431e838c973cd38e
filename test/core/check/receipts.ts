import type { Receipt } from '../../../source/core/check/check.ts';

/** One that passed, unless told otherwise. */
export function receiptOf(given: Partial<Receipt> = {}): Receipt {
  return {
    command: 'npm test',
    network: false,
    session: 3,
    at: 1_790_000_000_000,
    outcome: 'passed',
    exitCode: given.outcome === 'failed' ? 1 : 0,
    signal: null,
    durationMs: 12_000,
    tree: { kind: 'git', id: 'aaa' },
    changedFiles: false,
    touched: [],
    tail: '',
    hint: null,
    ...given,
  };
}
