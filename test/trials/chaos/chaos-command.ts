// `npm run chaos -- [--seed N] [--kills N] [--without-intent]`: kills processes and reports the outcome. With
// `--without-intent` it also plays a program that starts Codex without writing down its intent first, and expects that
// to go wrong.

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { playChaos, type Chaos } from './chaos.ts';
import { copyWithoutIntent } from './without-intent.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    kills: { type: 'string', default: '200' },
    'without-intent': { type: 'boolean', default: false },
    /** Where to copy the files at the end, to find out what went wrong. */
    keep: { type: 'string' },
  },
});
const seed = Number(values.seed);
const kills = Number(values.kills);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const chaos = await playChaos({ seed, kills, say, beforeTheEnd: keep });
print(chaos);
let isWon = chaos.breaches.length === 0;
if (values['without-intent']) {
  say('\nThe same without the written intent, which must go wrong:');
  const directory = await mkdtemp(
    join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'without-intent-'),
  );
  try {
    const program = await copyWithoutIntent(directory);
    const without = await playChaos({ seed, kills, program, say });
    print(without);
    isWon &&= without.breaches.length > 0;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
process.exitCode = isWon ? 0 : 1;

async function keep(directory: string): Promise<void> {
  if (values.keep !== undefined) await cp(directory, values.keep, { recursive: true });
}

function print(played: Chaos): void {
  const counts = new Map<string, number>();
  for (const { victim } of played.kills) counts.set(victim, (counts.get(victim) ?? 0) + 1);
  say(
    `${played.kills.length} kills in ${(played.killingMs / 1000).toFixed(0)} s: ` +
      [...counts].map(([victim, count]) => `${count} ${victim}`).join(', '),
  );
  say(
    `${played.sessions} sessions, ${played.requests} requests; ${played.tornByKills} lines were cut short by the kill of Codex itself`,
  );
  for (const breach of played.breaches) say(`✗ ${breach}`);
  say(
    played.breaches.length === 0
      ? '✓ Nothing was lost, and nothing was done twice.'
      : '✗ It went wrong.',
  );
}
