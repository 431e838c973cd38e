// `npm run bench [-- --write] [names…]`: measures and prints; a full run writes bench/RESULTS.md. `npm run bench:short` is
// for every push: it exits with 1 only if a row misses its goal by a factor of three, or its result is wrong.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lineOf, resultsPage } from './lib/report.ts';
import { grossLoss, measureRow, type Row, type RowResult } from './lib/row.ts';
import { endTwentyRunners } from './lib/twenty-runners.ts';
import { rows } from './rows.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    /** Writes the page even if only some rows are measured; the page then has only those. */
    write: { type: 'boolean', default: false },
  },
});
const size = values.short ? 'short' : 'whole';
const chosen = rows.filter(({ name, isInShort = true }) =>
  positionals.length > 0
    ? positionals.some((wanted) => name.startsWith(wanted))
    : size === 'whole' || isInShort,
);
const page = join(import.meta.dirname, 'RESULTS.md');
const isWritten = values.write || (size === 'whole' && positionals.length === 0);
const beganAt = new Date();
const results: RowResult[] = [];
const wrong: string[] = [];
const leftOut: string[] = [];
const gross: string[] = [];
for (const row of chosen) {
  if (row.leftOut != null) {
    const sentence = `${row.name} is ${row.leftOut}`;
    leftOut.push(sentence);
    process.stdout.write(`– ${sentence}\n`);
    continue;
  }
  try {
    const result = await measured(row);
    results.push(result);
    process.stdout.write(`${lineOf(result)}\n`);
    if (size === 'short' && result.share > grossLoss)
      gross.push(`${row.name} misses its goal by far`);
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
    wrong.push(`${row.name} is wrong: ${reason}`);
  }
  // After each row, so that a run that is stopped keeps its results.
  if (isWritten) writeFileSync(page, resultsPage({ results, wrong, leftOut, beganAt }));
}
await endTwentyRunners();
const problems = [...wrong, ...gross];
for (const problem of problems) process.stdout.write(`✗ ${problem}\n`);
process.exit(problems.length === 0 ? 0 : 1);

/** A push is judged by the best of three: a regression counts only if it shows each time. */
async function measured(row: Row): Promise<RowResult> {
  let best = await measureRow(row, size);
  for (let again = 1; size === 'short' && best.share > grossLoss && again < 3; again++) {
    const next = await measureRow(row, size);
    if (next.share < best.share) best = next;
  }
  return best;
}
