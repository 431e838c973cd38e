// `npm run told -- [--seed N] [--kills N]`: says a word to a task, by key and by option, kills the runner, the dashboard or the
// program that says it at a random moment, and reports whether each word was told once, or still waits.

import { parseArgs } from 'node:util';
import { playTold } from './play-told.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    kills: { type: 'string', default: '100' },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const played = await playTold({ seed: Number(values.seed), kills: Number(values.kills), say });
const counts = [...played.kills].map(([victim, count]) => `${count} ${victim}`).join(', ');
say(`${counts}, in ${(played.ms / 1000).toFixed(0)} s`);
say(`${played.said} words were kept: ${played.told} told in ${played.sessions} sessions`);
say(`${played.waiting} still wait, ${played.unsaid} were cut off before they were kept`);
for (const breach of played.breaches) say(`✗ ${breach}`);
say(played.breaches.length === 0 ? '✓ Each was told once, or waits.' : '✗ It went wrong.');
process.exitCode = played.breaches.length === 0 ? 0 : 1;
