// `npm run instructions -- [--codex-version 0.130.0]`: shows that AGENTS.md reaches the model exactly once, in every
// combination of place, trust and setting, fresh and resumed.

import { parseArgs } from 'node:util';
import { installedCodex } from '../outside/installed-codex.ts';
import { playAllInstructions } from './play-rows.ts';
import { instructionsRows } from './rows.ts';

const { values } = parseArgs({
  options: {
    'codex-version': { type: 'string' },
    /** Only rows whose names contain this. */
    only: { type: 'string', default: '' },
  },
});

const { codex, version } = await installedCodex(values['codex-version']);
process.stdout.write(`Codex ${version}\n`);
const rows = instructionsRows.filter(({ name }) => name.includes(values.only));
const judged = await playAllInstructions({ rows, codex });
for (const { row, breaches } of judged) {
  process.stdout.write(`${breaches.length === 0 ? '✓' : '✗'} ${row.name}\n`);
  for (const breach of breaches) process.stdout.write(`    ${breach}\n`);
}
const lost = judged.filter(({ breaches }) => breaches.length > 0).length;
process.stdout.write(`${judged.length - lost} of ${judged.length} rows hold.\n`);
process.exitCode = lost === 0 ? 0 : 1;
