// `npm run bench [-- --write] [names…]`: measures and prints; the whole of it writes bench/RESULTS.md. `npm run bench:short`
// is for every push: it ends with 1 only where something takes three times what it may, or is wrong.

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
    /** Writes the page also where only some rows are measured: what is not on it was not. */
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
const gross: string[] = [];
for (const row of chosen) {
  try {
    const result = await measured(row);
    results.push(result);
    process.stdout.write(`${lineOf(result)}\n`);
    if (size === 'short' && result.share > grossLoss) gross.push(`${row.name} is far too much`);
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
    wrong.push(`${row.name} is wrong: ${reason}`);
  }
  // After each row: a run that is stopped has measured what it has measured.
  if (isWritten) writeFileSync(page, resultsPage({ results, wrong, beganAt }));
}
await endTwentyRunners();
const problems = [...wrong, ...gross];
for (const problem of problems) process.stdout.write(`✗ ${problem}\n`);
process.exit(problems.length === 0 ? 0 : 1);

/** What decides over a push is the best of three: a loss is ours only where it shows each time. */
async function measured(row: Row): Promise<RowResult> {
  let best = await measureRow(row, size);
  for (let again = 1; size === 'short' && best.share > grossLoss && again < 3; again++) {
    const next = await measureRow(row, size);
    if (next.share < best.share) best = next;
  }
  return best;
}
