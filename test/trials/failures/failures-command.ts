// `npm run failures -- [--codex-version 0.130.0]`: plays the failure table on the installed Codex, or on another
// version, which is installed into the cache first.

import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { codexPath } from '../../helpers/codex.ts';
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
const run = promisify(execFile);

const codex =
  values['codex-version'] === undefined ? codexPath : await installed(values['codex-version']);
const { stdout } = await run(codex, ['--version']);
const version = stdout.trim().split(' ').at(-1) ?? '';
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

/** The launcher of that version. */
async function installed(wanted: string): Promise<string> {
  if (!/^\d+\.\d+\.\d+$/u.test(wanted)) throw new Error(`${wanted} is not a version`);
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const directory = join(cache, 'autonomous-tui-test', `codex-${wanted}`);
  await mkdir(directory, { recursive: true });
  await run('npm', ['install', '--no-save', '--prefix', directory, `@openai/codex@${wanted}`]);
  return join(directory, 'node_modules', '.bin', 'codex');
}
