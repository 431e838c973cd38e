// `npm run machines -- [--seed N] [--machines N] [--tasks N] [--seconds N]`: machines that share tasks over a hub, one of which
// is killed each second, and whether any task was worked on by two, or lost work.

import { parseArgs } from 'node:util';
import { playMachines } from './play-machines.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    machines: { type: 'string', default: '6' },
    tasks: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '30' },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const played = await playMachines({
  seed: Number(values.seed),
  machines: Number(values.machines),
  tasks: Number(values.tasks),
  steps: 2,
  killSeconds: Number(values.seconds),
  say,
});
const { kills, sessions, handOvers, ms, breaches } = played;
say(`${kills} kills, ${sessions} sessions, ${handOvers} hand-overs in ${(ms / 1000).toFixed(0)} s`);
for (const breach of breaches) say(`✗ ${breach}`);
say(
  breaches.length === 0
    ? '✓ No task had two owners, and none lost work or a line of its log.'
    : '✗ It went wrong.',
);
process.exitCode = breaches.length === 0 ? 0 : 1;
