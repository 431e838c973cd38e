// The checks: each command that has to pass before the task is done is run on the files as they are now, unless its last
// receipt is about them. A receipt is kept before anything follows from it, so a check that ran is not run again by the
// runner that comes after this one.

import { hasFailed, hasRun, type Check, type Receipt } from '../../core/check/check.ts';
import { hintFor } from '../../core/check/hint.ts';
import {
  afterChange,
  knownCheck,
  verdictOf,
  withReceipt,
  type ChangedRuns,
  type CheckHistory,
  type KnownCheck,
  type Now,
} from '../../core/check/history.ts';
import { touchedFiles } from '../../core/check/touched-files.ts';
import { checkLine, checkSentence, checksTold } from '../../core/check/words.ts';
import type { DirectoryIdentity } from '../../core/run/record.ts';
import { treeChange } from '../../core/stage/tree.ts';
import type { PartAnswer } from '../../core/stage/stage.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import type { StageContext } from './part.ts';
import { noteInJournal } from '../run/journal.ts';
import { runCommand } from './run-command.ts';

/** Checks that change files make others stale: after so many rounds they count as they are. */
const mostRounds = 3;

export async function runChecks(context: StageContext): Promise<PartAnswer> {
  const { deps, request, givesUp } = context;
  const { checks } = request;
  const directory = await deps.task.identity();
  if (directory === null) return {};
  const notes: string[] = [];
  const failedToStart = new Set<string>();
  let history = await deps.state.readChecks(directory);
  // A look costs as much as a small check: what one check left is what the next one finds.
  let now = await nowOf(context);
  for (let round = 1; ; round++) {
    const due = checksDue(context, history, now);
    // What could not start will not start now either: the user looks at it first.
    const isStuck = due.some((check) => failedToStart.has(check.command));
    if (due.length === 0 || isStuck) break;
    if (round > mostRounds) {
      history = await asOfNow(context, history, { now, directory });
      break;
    }
    for (const check of due) {
      const run = await runOne(context, check, now);
      now = run.after;
      const receipt = await withTouched(context, history, run.receipt);
      if (givesUp.aborted || receipt.outcome === 'interrupted') return { notes };
      if (receipt.outcome === 'not started') failedToStart.add(check.command);
      const before = history;
      history = withReceipt(history, receipt);
      await deps.state.writeChecks(history, directory);
      const { command, outcome, session } = receipt;
      await noteInJournal(deps, { what: 'check', session, command, outcome });
      notes.push(...notesOn(receipt, knownCheck(before, receipt)));
    }
  }
  await logReceipts(context, history);
  const verdict = verdictOf(checks, history, now);
  const [first] = verdict.unmet;
  const unmet =
    first === undefined
      ? null
      : (checkSentence(verdict) ?? `check has not passed: ${safeLine(first.check.command, 100)}`);
  const isStarted = verdict.notStarted.length === 0;
  return {
    unmet,
    told: checksTold(verdict) || null,
    notes,
    notStarted: isStarted ? null : (checkSentence(verdict) ?? 'a check could not start'),
  };
}

/** Before the first working session only those that never ran: what the user changed since is his to see. */
function checksDue(
  { request: { checks }, purpose, session }: StageContext,
  history: CheckHistory,
  now: Now,
): readonly Check[] {
  const isAfterPlan = purpose === 'session' && session?.role === 'initializer';
  if (purpose === 'baseline' || isAfterPlan) {
    return checks.filter((check) => {
      const known = knownCheck(history, check);
      return known === null || !hasRun(known.receipt);
    });
  }
  return verdictOf(checks, history, now).stale;
}

async function nowOf({ deps, session }: StageContext): Promise<Now> {
  const tree = await deps.takeTree();
  return { tree: tree && { kind: tree.kind, id: tree.id }, session: session?.number ?? 0 };
}

/** With the tests and scripts that are not what they were when the check first ran. */
async function withTouched(
  { deps }: StageContext,
  history: CheckHistory,
  receipt: Receipt,
): Promise<Receipt> {
  const baseline = knownCheck(history, receipt)?.baseline.tree ?? null;
  if (baseline === null || receipt.tree === null) return receipt;
  const differences = await deps.filesBetween(baseline, receipt.tree);
  return { ...receipt, touched: touchedFiles(differences, receipt) };
}

/** Runs it, and again if the files changed meanwhile: what passed on other files proves nothing. */
async function runOne(
  context: StageContext,
  check: Check,
  found: Now,
): Promise<{ receipt: Receipt; after: Now }> {
  const runs: ChangedRuns = { byCheck: 0, byOthers: 0 };
  let isLong = false;
  let before = found;
  for (;;) {
    const { state } = context.deps;
    const place = context.request.checks.indexOf(check);
    const result = await runCommand(context, check, state.checkOutputPath(place));
    const after = await nowOf(context);
    const isChanged = treeChange(before.tree, after.tree) === 'changed';
    const receipt: Receipt = {
      ...check,
      ...result,
      session: before.session,
      // A run on files that go on changing counts for those at its end.
      tree: after.tree,
      changedFiles: isChanged || isLong,
      touched: [],
      hint: null,
    };
    const whole = { ...receipt, hint: hintFor(receipt) };
    const done = { receipt: whole, after };
    if (!isChanged || !hasRun(receipt) || context.givesUp.aborted) return done;
    const others = context.deps.othersWorkedSince(result.at - result.durationMs);
    if (others.length > 0) runs.byOthers++;
    else runs.byCheck++;
    isLong = true;
    if (afterChange(runs) === 'counts with a note') return done;
    before = after;
  }
}

/** Checks that go on changing files for each other count for the files at the end. */
async function asOfNow(
  { deps, request: { checks } }: StageContext,
  history: CheckHistory,
  { now, directory }: { now: Now; directory: DirectoryIdentity },
): Promise<CheckHistory> {
  let after = history;
  for (const check of checks) {
    const known = knownCheck(after, check);
    if (known === null || !hasRun(known.receipt)) continue;
    after = withReceipt(after, { ...known.receipt, tree: now.tree, changedFiles: true });
  }
  await deps.state.writeChecks(after, directory);
  return after;
}

/** Each receipt of this stage, once, whatever runner died in between. */
async function logReceipts({ deps, session }: StageContext, history: CheckHistory): Promise<void> {
  const lines = (await deps.task.readLogEnd(maxLogEnd)).split('\n');
  for (const { receipt } of history) {
    if (receipt.session !== (session?.number ?? 0)) continue;
    const line = checkLine(receipt);
    const begins = line.slice(0, line.indexOf('"network"'));
    if (lines.some((other) => other.startsWith(begins))) continue;
    await deps.task.appendToLog(`${line}\n`);
  }
}

const maxLogEnd = 1024 * 1024;

function notesOn(receipt: Receipt, before: KnownCheck | null): string[] {
  const name = safeLine(receipt.command, 100);
  const notes: string[] = [];
  if (hasFailed(receipt)) {
    const why = receipt.outcome === 'timed out' ? 'takes too long' : `fails (${endOf(receipt)})`;
    const hint = receipt.hint === null ? '' : `; ${receipt.hint}`;
    notes.push(`Check ${why}: ${name}${hint}`);
  }
  const isNews = receipt.touched.join() !== before?.receipt.touched.join();
  if (receipt.touched.length > 0 && isNews) {
    notes.push(
      `What ${name} depends on has changed since its baseline: ${receipt.touched.join(', ')}`,
    );
  }
  return notes;
}

function endOf({ exitCode, signal }: Receipt): string {
  return exitCode === null ? String(signal) : `exit code ${exitCode}`;
}
