// `npm run failures -- [--codex-version 0.130.0]`: plays the failure table on the installed Codex, or on another
// version, which is installed into the cache first.

import { parseArgs } from 'node:util';
import { installedCodex } from '../outside/installed-codex.ts';
import { playRows } from './play-rows.ts';
import { rowsFor } from './rows.ts';

const { values } = parseArgs({
  options: {
    'codex-version': { type: 'string' },
    /** Only rows whose names contain this. */
    only: { type: 'string', default: '' },
    verbose: { type: 'boolean', default: false },
  },
});
const { codex, version } = await installedCodex(values['codex-version']);
process.stdout.write(`Codex ${version}\n`);
const rows = rowsFor(version).filter(({ name }) => name.includes(values.only));
const judged = await playRows({ rows, codex });
for (const { row, played, breaches } of judged) {
  process.stdout.write(
    `${breaches.length === 0 ? '✓' : '✗'} ${row.name}: ${row.outcome}, ${row.response}\n`,
  );
  for (const breach of breaches) process.stdout.write(`    ${breach}\n`);
  if (values.verbose && breaches.length > 0)
    process.stdout.write(`${JSON.stringify(played, null, 1)}\n`);
}
const lost = judged.filter(({ breaches }) => breaches.length > 0).length;
process.stdout.write(`${judged.length - lost} of ${judged.length} rows hold.\n`);
process.exitCode = lost === 0 ? 0 : 1;
