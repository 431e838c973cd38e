// `npm run night -- [--seed N] [--short] [--nights N] [--keep DIRECTORY]`: plays nights, reports on each, and exits
// with 1 if one was lost.

import { randomInt } from 'node:crypto';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { longNight, playFaultFree, playWholeNight, shortNight } from './whole-night.ts';

const { values } = parseArgs({
  options: {
    /** Of the first night; the next ones follow it. Default: drawn at random for each. */
    seed: { type: 'string' },
    short: { type: 'boolean', default: false },
    nights: { type: 'string', default: '1' },
    /** Where to copy the files of each night, to find out why it was lost. */
    keep: { type: 'string' },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const given = values.seed === undefined ? null : Number(values.seed);
const seeds = Array.from({ length: Number(values.nights) }, (_, index) =>
  given === null ? randomInt(1_000_000) : given + index,
);
const planFor = values.short ? shortNight : longNight;

say(`Seeds: ${seeds.join(', ')} (--seed plays one again)`);
say('Without faults, to measure how long the work itself takes:');
const faultFree = await playFaultFree(planFor(seeds[0] ?? 1), (line) => say(`  ${line}`));
const lost: number[] = [];
for (const seed of seeds) {
  say(`\nNight ${seed}:`);
  const { verdict, report } = await playWholeNight(
    {
      plan: planFor(seed),
      say: (line) => say(`  ${line}`),
      beforeTheEnd: async (directory, played) => {
        if (values.keep === undefined) return;
        const kept = join(values.keep, `night-${seed}`);
        await cp(directory, kept, {
          recursive: true,
          filter: (path) => !path.includes('/codex-home/'),
        });
        await writeFile(join(kept, 'played.json'), JSON.stringify(played, null, 1));
      },
    },
    faultFree,
  );
  for (const line of report) say(line);
  if (verdict.breaches.length > 0) lost.push(seed);
}
if (seeds.length > 1) {
  say(`\n${seeds.length - lost.length} of ${seeds.length} nights are won.`);
  if (lost.length > 0) say(`Lost: seeds ${lost.join(', ')}`);
}
process.exitCode = lost.length === 0 ? 0 : 1;
