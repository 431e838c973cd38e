// What is known of each check, across sessions, and what follows from it for the task.

import { treeChange, type TreeName } from '../stage/tree.ts';
import { hasFailed, hasRun, type Check, type Receipt } from './check.ts';

export type KnownCheck = {
  /** The last one. */
  receipt: Receipt;
  hasPassed: boolean;
  /** The first one that ran; until then the first that did not. */
  baseline: Receipt;
};

/** By command, each once. */
export type CheckHistory = readonly KnownCheck[];

export const noHistory: CheckHistory = [];

export function knownCheck(
  history: CheckHistory,
  { command }: Pick<Check, 'command'>,
): KnownCheck | null {
  return history.find(({ receipt }) => receipt.command === command) ?? null;
}

/** Doing it twice is doing it once. */
export function withReceipt(history: CheckHistory, receipt: Receipt): CheckHistory {
  const known = knownCheck(history, receipt);
  const after: KnownCheck = {
    receipt,
    hasPassed: known?.hasPassed === true || receipt.outcome === 'passed',
    baseline: known === null || !hasRun(known.baseline) ? receipt : known.baseline,
  };
  return known === null
    ? [...history, after]
    : history.map((other) => (other === known ? after : other));
}

/** Why a check does not let the task be done. */
type Unmet = {
  check: Check;
  why: 'failed' | 'timed out' | 'not started' | 'interrupted' | 'not run' | 'files changed since';
};

export type Verdict = {
  /** What must pass before the task is done. Empty: as far as checks go, it is. */
  unmet: readonly Unmet[];
  /** These passed before and fail now: the next session fixes them first. */
  regressed: readonly Receipt[];
  /** These have failed since they first ran: they do not hold up steps. */
  neverPassed: readonly Receipt[];
  /** These must run again: no receipt tells how they do on the files as they are. */
  stale: readonly Check[];
  /** These could not be started, which only the user can fix. */
  notStarted: readonly Receipt[];
};

/** What the files are now, and which session came last. */
export type Now = { tree: TreeName | null; session: number };

/**
 * Where two trees cannot be compared, a receipt counts until the next session: the runner ran the check behind that
 * session, and cannot know better.
 */
export function verdictOf(checks: readonly Check[], history: CheckHistory, now: Now): Verdict {
  const judged = checks.map((check) => judge(check, knownCheck(history, check), now));
  const failures = judged.flatMap(({ known }) =>
    known !== null && hasFailed(known.receipt) ? [known] : [],
  );
  const receipts = (passedBefore: boolean) =>
    failures.filter(({ hasPassed }) => hasPassed === passedBefore).map(({ receipt }) => receipt);
  return {
    unmet: judged.flatMap(({ check, why }) => (why === null ? [] : [{ check, why }])),
    regressed: receipts(true),
    neverPassed: receipts(false),
    stale: judged.filter(({ isStale }) => isStale).map(({ check }) => check),
    notStarted: judged.flatMap(({ known }) =>
      known?.receipt.outcome === 'not started' ? [known.receipt] : [],
    ),
  };
}

type Judged = {
  check: Check;
  known: KnownCheck | null;
  isStale: boolean;
  why: Unmet['why'] | null;
};

function judge(check: Check, known: KnownCheck | null, now: Now): Judged {
  if (known === null) return { check, known, isStale: true, why: 'not run' };
  const { receipt } = known;
  if (!hasRun(receipt)) {
    const why = receipt.outcome === 'not started' ? 'not started' : 'interrupted';
    return { check, known, isStale: true, why };
  }
  const isStale =
    !isAboutNow(receipt, now) || receipt.network !== check.network || mayPass(receipt, now);
  if (receipt.outcome === 'failed' || receipt.outcome === 'timed out') {
    return { check, known, isStale, why: receipt.outcome };
  }
  return { check, known, isStale, why: isStale ? 'files changed since' : null };
}

/** What failed by chance, or for a reason outside of the files, gets another try behind each session. */
function mayPass({ outcome, session }: Receipt, now: Now): boolean {
  return outcome === 'failed' && session !== now.session;
}

function isAboutNow({ tree, session }: Receipt, now: Now): boolean {
  const change = treeChange(tree, now.tree);
  return change === 'unknown' ? session === now.session : change === 'unchanged';
}

/** How often a check ran behind one session on files that were others at its end. */
export type ChangedRuns = { byCheck: number; byOthers: number };

/** What a run on files that changed meanwhile is worth: it is repeated for as long as that may help. */
export function afterChange({
  byCheck,
  byOthers,
}: ChangedRuns): 'run again' | 'counts with a note' {
  return byCheck <= 1 && byOthers <= 2 ? 'run again' : 'counts with a note';
}
